import { timeOf } from '../i18n/format.ts'
import { words } from '../i18n/participant-words.ts'
import { Button } from '../ui/button.tsx'
import { update } from '../ui/worker-updates.ts'
import { ageText } from './age-text.ts'
import { useOwnTeam } from './own-team.ts'

/** What is to be known of the copy on screen before it is read: how old it is, and what would renew it. */
export function Notices() {
  const { card, refilling, store } = useOwnTeam()
  const t = words.value.notices
  const link = store.status.link.value
  return (
    <>
      {store.session.state.value === 'expired' ? (
        <div class="notice no stack" role="alert">
          <div>
            <h2>{t.expired}</h2>
            <p>{t.expiredText}</p>
          </div>
          <a class="button wide" href="/team/status">
            {t.signIn}
          </a>
        </div>
      ) : card.value && (link === 'offline' || link === 'blocked') ? (
        <Stale blocked={link === 'blocked'} />
      ) : null}
      {refilling.value ? (
        <div class="notice warn" role="status">
          <h2>{t.refilling}</h2>
          <p>{t.refillingText}</p>
        </div>
      ) : null}
      {update.value ? (
        <div class="notice row">
          <h2 class="grow">{t.update}</h2>
          <Button onClick={update.value.take}>{t.updateNow}</Button>
        </div>
      ) : null}
    </>
  )
}

/** The age changes by the minute and is no news; that it is a copy is said once. */
function Stale({ blocked }: { blocked: boolean }) {
  const { currentAt, now, timeZone } = useOwnTeam()
  const t = words.value.notices
  const at = currentAt.value
  return (
    <div class="notice warn">
      <h2>{at === null ? t.unknownAge : t.stale(timeOf(at, timeZone.value), ageText(at, now.value))}</h2>
      <p role="status">{blocked ? `${t.blocked} ${t.blockedText}` : t.staleText}</p>
    </div>
  )
}
