import { words } from '../i18n/participant-words.ts'
import { useOwnTeam } from './own-team.ts'

/** What must not be overlooked, until it has been opened. */
export function UrgentNotices() {
  const { unread } = useOwnTeam()
  const t = words.value.nav
  const urgent = unread.value.filter((notice) => notice.urgent)
  return (
    <>
      {urgent.map(({ _id, title }) => (
        <div key={_id} class="notice no row" role="alert">
          <div class="grow">
            <p class="soft">{t.urgent}</p>
            <h2>{title}</h2>
          </div>
          <a class="button" href="/team/notices">
            {t.read}
          </a>
        </div>
      ))}
    </>
  )
}
