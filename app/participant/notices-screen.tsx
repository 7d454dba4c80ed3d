import { words } from '../i18n/notice-words.ts'
import { NoticeList } from '../notices/notice-list.tsx'
import { Notices } from './notices.tsx'
import { useOwnTeam } from './own-team.ts'
import { Screen } from './screen.tsx'

/** Everything that the organizers tell this team. */
export function NoticesScreen() {
  const { store, now, timeZone } = useOwnTeam()
  return (
    <Screen title={words.value.title}>
      <Notices />
      <NoticeList notices={store.notices.shownAt(now.value)} book={store.notices} timeZone={timeZone.value} />
    </Screen>
  )
}
