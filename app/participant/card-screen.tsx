import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Card } from '../../design-docs/derived.ts'
import { words } from '../i18n/participant-words.ts'
import { CheckpointList } from './checkpoint-list.tsx'
import { LiveNews } from './live-news.tsx'
import { Members } from './members.tsx'
import { Notices } from './notices.tsx'
import { useOwnTeam } from './own-team.ts'
import { Placing } from './placing.tsx'
import { Safety } from './safety/safety.tsx'
import { ScoreSheet } from './score-sheet.tsx'
import { Screen } from './screen.tsx'
import { TeamHead } from './team-head.tsx'
import { TimeAndPoints } from './time-and-points.tsx'
import { UrgentNotices } from './urgent-notices.tsx'
import { useFresh } from './use-fresh.ts'
import { Waiting } from './waiting.tsx'

/** What comes a moment after the card, which does not wait for it. */
type LaterParts = {
  NextPart: ComponentType<{ card: Card }>
  PublishedPlaces: ComponentType
  PageLinks: ComponentType
  PaletteLink: ComponentType
}
const laterParts = signal<LaterParts | null>(null)
const bringLaterParts = (): void => {
  import('./home/later-parts.ts').then(
    ({ NextPart, PublishedPlaces, PageLinks, PaletteLink }) => {
      laterParts.value = { NextPart, PublishedPlaces, PageLinks, PaletteLink }
    },
    // Without it the card is whole; the next visit asks again.
    () => undefined,
  )
}

/** The team at a glance: number, time left, points so far, and why. */
export function CardScreen() {
  const { card, number } = useOwnTeam()
  const here = card.value
  return (
    <Screen title={`${words.value.team.number} ${here?.team ?? number.value ?? ''}`} quiet>
      <UrgentNotices />
      <Notices />
      {here ? <Known key={here.team} card={here} /> : <Waiting />}
    </Screen>
  )
}

function Known({ card }: { card: Card }) {
  const fresh = useFresh(card)
  const later = laterParts.value
  useEffect(bringLaterParts, [])
  return (
    <div class="columns">
      <div class="stack">
        <TeamHead card={card} />
        {later ? <later.NextPart card={card} /> : null}
        <TimeAndPoints card={card} fresh={fresh.has('net')} />
        {later ? <later.PublishedPlaces /> : null}
        <Placing card={card} />
        <ScoreSheet card={card} fresh={fresh.has('lines')} />
        {later ? <later.PaletteLink /> : null}
        {later ? <later.PageLinks /> : null}
      </div>
      <div class="stack">
        <CheckpointList card={card} fresh={fresh} />
        <Members card={card} fresh={fresh.has('members')} />
        <Safety card={card} />
      </div>
      <LiveNews card={card} fresh={fresh} />
    </div>
  )
}
