import type { Role } from '../../design-docs/primitives.ts'
import type { words } from '../i18n/admin-words.ts'
import type { IconName } from '../ui/icon.tsx'

type Names = (typeof words.value)['nav']
type Place = {
  path: string
  name: Exclude<keyof Names, 'label' | 'menu' | 'groups'>
  icon: IconName
  /** Whose it is; absent: everybody's at the console. */
  roles?: readonly Role[]
}

/** Where one can go in the console, by what one is about to do; the order is the one on screen. */
export const places: readonly { group: keyof Names['groups']; places: readonly Place[] }[] = [
  {
    group: 'day',
    places: [
      { path: '/admin/', name: 'overview', icon: 'home' },
      { path: '/admin/review', name: 'review', icon: 'check', roles: ['judge', 'admin'] },
      { path: '/admin/disputes', name: 'disputes', icon: 'question', roles: ['judge', 'admin'] },
      { path: '/admin/out', name: 'out', icon: 'place' },
      { path: '/admin/uploads', name: 'uploads', icon: 'camera' },
      { path: '/admin/teams', name: 'teams', icon: 'people' },
      { path: '/admin/chat', name: 'chat', icon: 'chat' },
    ],
  },
  {
    group: 'results',
    places: [
      { path: '/admin/rankings', name: 'rankings', icon: 'chart' },
      { path: '/admin/exports', name: 'exports', icon: 'records' },
      { path: '/admin/scoreboards', name: 'scoreboards', icon: 'records' },
    ],
  },
  {
    group: 'tell',
    places: [
      { path: '/admin/notices', name: 'notices', icon: 'bell' },
      { path: '/admin/pages', name: 'pages', icon: 'place' },
      { path: '/admin/surveys', name: 'surveys', icon: 'chart' },
      { path: '/admin/palettes', name: 'palettes', icon: 'camera' },
      { path: '/admin/mails', name: 'mails', icon: 'mail', roles: ['admin'] },
    ],
  },
  {
    group: 'prepare',
    places: [
      { path: '/admin/setup', name: 'setup', icon: 'settings' },
      { path: '/admin/print', name: 'print', icon: 'records' },
      { path: '/admin/invitations', name: 'invitations', icon: 'scan', roles: ['admin'] },
    ],
  },
  {
    group: 'watch',
    places: [
      { path: '/admin/devices', name: 'devices', icon: 'link' },
      { path: '/admin/problems', name: 'problems', icon: 'attention' },
      { path: '/admin/links', name: 'links', icon: 'link', roles: ['core', 'admin'] },
      { path: '/admin/audit', name: 'audit', icon: 'records', roles: ['admin'] },
    ],
  },
]
