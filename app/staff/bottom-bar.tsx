import { words } from '../i18n/words.ts'
import { BottomBar as Bar } from '../ui/bottom-bar.tsx'
import { usePhone } from './phone.ts'

/** The screens that are one touch away. */
export function BottomBar() {
  const { store, now, searches } = usePhone()
  const t = words.value.nav
  const { read } = store.notices
  const unread = store.notices.shownAt(now.value).filter(({ _id }) => !read.value.has(_id)).length
  return (
    <Bar
      label={t.label}
      places={[
        { path: '/staff/', label: t.scan, icon: 'scan' },
        ...(searches.value ? [{ path: '/staff/search', label: t.search, icon: 'search' } as const] : []),
        { path: '/staff/records', label: t.records, icon: 'records' },
        { path: '/staff/notices', label: t.notices, icon: 'bell', badge: unread, badgeLabel: t.unread },
        { path: '/staff/sync', label: t.sync, icon: 'sync' },
      ]}
    />
  )
}
