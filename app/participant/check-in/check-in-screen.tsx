import { useEffect } from 'preact/hooks'
import { lastPosition, locationState, startLocation } from '../../device/location.ts'
import { words } from '../../i18n/check-in-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { words as appWords } from '../../i18n/participant-words.ts'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { statusTones } from '../checkpoint-list.tsx'
import { Notices } from '../notices.tsx'
import { useOwnTeam } from '../own-team.ts'
import { Screen } from '../screen.tsx'
import { Waiting } from '../waiting.tsx'
import { distanceText } from './distance-text.ts'
import { type ReachablePlace, reachablePlaces } from './places.ts'
import './check-in.css'

/** Where the team can check itself in, the nearest first; works without a network. */
export function CheckInScreen() {
  const { card, checkpoints } = useOwnTeam()
  const t = words.value
  useEffect(startLocation, [])
  const here = card.value
  if (!here)
    return (
      <Screen title={t.title}>
        <Waiting />
      </Screen>
    )
  const places = reachablePlaces(checkpoints.value.values(), here, lastPosition.value)
  const [toVisit, visited] = [places.filter(({ row }) => !row), places.filter(({ row }) => row)]
  return (
    <Screen title={t.title}>
      <Notices />
      <p class="soft">{t.text}</p>
      <Whereabouts />
      {places.length === 0 ? <State icon="place" title={t.none} text={t.noneText} /> : null}
      <Places title={t.next} places={toVisit} />
      <Places title={t.done} places={visited} />
    </Screen>
  )
}

/** How well the phone knows where it is, since that decides how a visit will be judged. */
export function Whereabouts() {
  const t = words.value
  const position = lastPosition.value
  const isDenied = locationState.value === 'denied' || locationState.value === 'unavailable'
  if (position && !isDenied) return <p class="soft">{t.accuracy(count(Math.round(position.accuracyMeters)))}</p>
  return <p class="notice warn">{isDenied ? t.positionDenied : t.noPosition}</p>
}

function Places({ title, places }: { title: string; places: readonly ReachablePlace[] }) {
  if (places.length === 0) return null
  return (
    <section class="sheet flush">
      <h2 class="sheet-title">{title}</h2>
      <ul>
        {places.map((place) => (
          <Place key={place.checkpoint.number} place={place} />
        ))}
      </ul>
    </section>
  )
}

function Place({ place: { checkpoint, distanceMeters, row } }: { place: ReachablePlace }) {
  const t = words.value
  const kind = checkpoint.kind === 'start' ? t.start : checkpoint.kind === 'goal' ? t.goal : ''
  const facts = [
    distanceMeters === null ? '' : distanceText(distanceMeters),
    checkpoint.points ? appWords.value.points(count(checkpoint.points)) : kind,
  ]
  return (
    <li>
      <a class="place" href={`/team/check-in/${checkpoint.number}`}>
        <span class="place-number digits">{checkpoint.number}</span>
        <span class="grow">
          <b>{said(checkpoint.name)}</b>
          <span class="soft">{facts.filter(Boolean).join(t.listSeparator)}</span>
        </span>
        {row ? <Pill tone={statusTones[row.status]}>{appWords.value.statuses[row.status]}</Pill> : null}
      </a>
    </li>
  )
}
