import { useLocation } from 'preact-iso'
import { words } from '../i18n/words.ts'
import { Icon, type IconName } from '../ui/icon.tsx'

const places = [
  { path: '/staff', name: 'scan', icon: 'scan' },
  { path: '/staff/search', name: 'search', icon: 'search' },
  { path: '/staff/records', name: 'records', icon: 'records' },
  { path: '/staff/sync', name: 'sync', icon: 'sync' },
] as const satisfies readonly { path: string; name: keyof ReturnType<typeof labels>; icon: IconName }[]

const labels = () => words.value.nav

/** The four screens, under the thumb; on a wide window beside the content. */
export function BottomBar() {
  const { path } = useLocation()
  return (
    <nav class="bar" aria-label={labels().label}>
      {places.map((place) => (
        <a
          key={place.path}
          href={place.path === '/staff' ? '/staff/' : place.path}
          aria-current={path === place.path ? 'page' : undefined}
        >
          <Icon name={place.icon} />
          <span>{labels()[place.name]}</span>
        </a>
      ))}
    </nav>
  )
}
