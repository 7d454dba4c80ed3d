import { words } from '../i18n/participant-words.ts'
import { BottomBar as Bar } from '../ui/bottom-bar.tsx'
import { useOwnTeam } from './own-team.ts'

/** The screens that are one touch away. */
export function BottomBar() {
  const { unread, unreadMessages } = useOwnTeam()
  const t = words.value.nav
  return (
    <Bar
      label={t.label}
      places={[
        { path: '/team/', label: t.home, icon: 'home' },
        { path: '/team/check-in', label: t.checkIn, icon: 'camera' },
        { path: '/team/notices', label: t.notices, icon: 'bell', badge: unread.value.length, badgeLabel: t.unread },
        {
          path: '/team/chat',
          label: t.chat,
          icon: 'chat',
          badge: unreadMessages.value.length,
          badgeLabel: t.unread,
        },
      ]}
    />
  )
}
