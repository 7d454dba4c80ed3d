import { useLocation } from 'preact-iso'
import { timeOf } from '../i18n/format.ts'
import { words } from '../i18n/words.ts'
import type { Store } from '../store/types.ts'
import { usePhone } from './phone.ts'
import { photoWish } from './photo-flow.ts'

/** The one line that is always there: connection, what is unsent since when or that nothing is, last contact. */
export function Strip() {
  const { store, timeZone } = usePhone()
  const { path } = useLocation()
  const { status } = store
  const t = words.value.strip
  const { tone, text } = connection(store)
  const [facts, photos] = [status.unsent.value, status.photosUnsent.value.count]
  const refused = status.refused.value.length
  const last = status.lastContactAt.value
  const oldest = status.oldestUnsentAt.value
  const since = oldest === null ? '' : timeOf(oldest, timeZone.value)
  return (
    <header>
      <a
        class="strip"
        href="/staff/sync"
        aria-current={path === '/staff/sync' ? 'page' : undefined}
        onClick={(event) => {
          // A photo that is being looked at exists only in memory: it is kept or dropped first.
          if (photoWish.value === null) return
          event.preventDefault()
          event.stopPropagation()
        }}
      >
        <span class={`dot ${tone}`} aria-hidden="true" />
        <b>{text}</b>
        {facts || photos ? <span>{t.unsent(facts, photos, since)}</span> : null}
        {status.safeToClose.value && last !== null ? <span>{t.closable}</span> : null}
        {refused ? <b>{t.refused(refused)}</b> : null}
        <span class="end">{last === null ? t.never : t.last(timeOf(last, timeZone.value))}</span>
        <span class="hidden-text">{t.open}</span>
      </a>
    </header>
  )
}

type Connection = { tone: '' | 'off' | 'bad'; text: string }

function connection({ status, session, mirrors }: Store): Connection {
  const t = words.value.strip
  const link = status.link.value
  if (session.state.value === 'expired') return { tone: 'bad', text: t.signIn }
  if (link === 'offline' || link === 'blocked') return { tone: 'off', text: t.offline }
  if (link === 'unknown') return { tone: 'off', text: t.connecting }
  const receiving = [mirrors.board, mirrors.carried].some(({ state }) => state.value !== 'complete')
  if (receiving) return { tone: '', text: t.receiving }
  if (status.unsent.value === 0 && status.photosUnsent.value.count === 0) return { tone: '', text: t.synced }
  return { tone: '', text: status.busy.value ? t.sending : t.online }
}
