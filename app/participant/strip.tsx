import { useLocation } from 'preact-iso'
import { timeOf } from '../i18n/format.ts'
import { words } from '../i18n/participant-words.ts'
import { connection } from './connection.ts'
import { useOwnTeam } from './own-team.ts'

/** The one line that is always there: connection, what is unsent, last contact. */
export function Strip() {
  const { store, lastContactAt, timeZone } = useOwnTeam()
  const { path } = useLocation()
  const t = words.value.strip
  const { tone, text } = connection(store)
  const [facts, photos] = [store.status.unsent.value, store.status.photosUnsent.value.count]
  const last = lastContactAt.value
  return (
    <header>
      <a class="strip" href="/team/status" aria-current={path === '/team/status' ? 'page' : undefined}>
        <span class={`dot ${tone}`} aria-hidden="true" />
        <b>{text}</b>
        {facts || photos ? <span>{t.unsent(facts, photos)}</span> : null}
        <span class="end">{last === null ? t.never : t.last(timeOf(last, timeZone.value))}</span>
        <span class="hidden-text">{t.open}</span>
      </a>
    </header>
  )
}
