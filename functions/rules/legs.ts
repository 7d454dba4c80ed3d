import type { Card } from '../../design-docs/derived.ts'
import type { CheckpointDoc } from '../../design-docs/plan.ts'
import type { Words } from '../../design-docs/primitives.ts'
import { distanceMeters, shownMeters } from './distance.ts'
import { compareNumbers } from './rank.ts'
import type { ResultsSource } from './results-table.ts'
import { isApproved } from './score.ts'

/** One end of a leg; a start without a checkpoint of its own has neither number nor name. */
export type LegEnd = { checkpoint: string | null; name: Words | null; at: number }

/** The way from one checkpoint that counts to the next. */
export type LegRow = {
  team: string
  teamName: string
  /** From 1. */
  leg: number
  from: LegEnd
  to: LegEnd
  /** Null where the times contradict each other. */
  usedMs: number | null
  /** In a straight line; null where one end is on no map. */
  straightMeters: number | null
  /** Along that line, so at least this fast. */
  speedKmh: number | null
}

/** The legs of every team, by number. */
export function* legRows(source: ResultsSource): Generator<LegRow> {
  const cards = [...source.cards.values()].sort((a, b) => compareNumbers(a.team, b.team))
  for (const card of cards) yield* legsOf(card, source)
}

/** A team's way over the checkpoints that count for it, in order of time, from its start. */
export function legsOf(card: Card, { event, checkpoints }: Pick<ResultsSource, 'event' | 'checkpoints'>): LegRow[] {
  const visits = card.checkpoints.filter(isApproved).sort((a, b) => a.at - b.at)
  const end = (number: string, at: number) => ({ number, place: checkpoints.get(number), at })
  const starts = [...checkpoints.values()].filter(({ kind }) => kind === 'start')
  const started = visits.find(({ checkpoint }) => checkpoints.get(checkpoint)?.kind === 'start')
  const onlyStart = starts.length === 1 ? starts[0] : undefined
  const startsAt = card.startAt ?? event.classes.find(({ id }) => id === card.classIds[0])?.startsAt ?? event.startsAt
  const first = { number: started?.checkpoint ?? onlyStart?.number ?? null, at: startsAt }
  const way = [
    { ...first, place: first.number === null ? undefined : checkpoints.get(first.number) },
    ...visits.filter((visit) => visit !== started).map(({ checkpoint, at }) => end(checkpoint, at)),
  ]
  return way.slice(1).map((to, n) => legOf(card, n + 1, [way[n]!, to]))
}

type Stop = { number: string | null; place: CheckpointDoc | undefined; at: number }

function legOf(card: Card, leg: number, [from, to]: [Stop, Stop]): LegRow {
  const usedMs = to.at >= from.at ? to.at - from.at : null
  const meters = from.place && to.place ? distanceMeters(from.place, to.place) : null
  return {
    team: card.team,
    teamName: card.name,
    leg,
    from: legEnd(from),
    to: legEnd(to),
    usedMs,
    straightMeters: meters === null ? null : shownMeters(meters),
    speedKmh: meters === null || !usedMs ? null : Math.round((meters / usedMs) * 36_000) / 10,
  }
}

const legEnd = ({ number, place, at }: Stop): LegEnd => ({ checkpoint: number, name: place?.name ?? null, at })
