import { useLocation } from 'preact-iso'
import { Icon, type IconName } from './icon.tsx'

export type BarPlace = {
  path: string
  label: string
  icon: IconName
  /** How many things wait there; what it means is in `badgeLabel`, for those who cannot see the number's place. */
  badge?: number
  badgeLabel?: string
}

/** The few screens of an app, under the thumb; on a wide window beside the content. */
export function BottomBar({ places, label }: { places: readonly BarPlace[]; label: string }) {
  const { path } = useLocation()
  const isHere = (place: BarPlace) => path.replace(/\/$/, '') === place.path.replace(/\/$/, '')
  return (
    <nav class="bar" aria-label={label}>
      {places.map((place) => (
        <a key={place.path} href={place.path} aria-current={isHere(place) ? 'page' : undefined}>
          <span class="bar-icon">
            <Icon name={place.icon} />
            {place.badge ? <b class="badge">{place.badge}</b> : null}
          </span>
          <span>{place.label}</span>
          {place.badge ? <span class="hidden-text">{place.badgeLabel}</span> : null}
        </a>
      ))}
    </nav>
  )
}
