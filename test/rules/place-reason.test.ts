import { expect, test } from 'vitest'
import type { Card } from '../../design-docs/derived.ts'
import { placeReason } from '../../functions/rules/place-reason.ts'
import { rank } from '../../functions/rules/rank.ts'
import { cardDoc } from './make-cards.ts'
import { atMinute, eventDoc } from './make-facts.ts'

const finished = (team: string, net: number, goalMinute: number, changes: Partial<Card> = {}) =>
  cardDoc(team, { points: { provisional: net }, goalAt: atMinute(goalMinute), lateMinutes: { a: 0 }, ...changes })

test('[RK15] a place has its reason: points or the time behind the team before, a shared place, or why there is none', () => {
  const out = { notPlaced: { a: 'retired' } } as const
  const cards = [
    finished('1', 80, 100),
    finished('2', 62, 90),
    finished('3', 62, 95),
    finished('4', 62, 95),
    finished('5', 62, 0, { goalAt: null, lateMinutes: {} }),
    finished('6', 90, 100, out),
  ]
  const { rows } = rank('a', cards, eventDoc())
  expect(rows.map(({ place }) => place)).toEqual([1, 2, 3, 3, 5, null])
  expect(rows.map(({ team }) => placeReason(rows, team))).toEqual([
    { kind: 'first' },
    { kind: 'fewer-points', ahead: '1', points: 18 },
    { kind: 'shared', with: ['4'] },
    { kind: 'shared', with: ['3'] },
    { kind: 'later-finish', ahead: '4', ms: null },
    { kind: 'not-placed', why: 'retired' },
  ])
  expect(placeReason(rows, '7')).toBeNull()
})

test('[RK15] between equal points the time behind is that of the own start, where a judge has moved it', () => {
  const moved = finished('2', 80, 100, { declared: { startAt: atMinute(10) } } as Partial<Card>)
  const event = eventDoc()
  const classes = event.classes.map((one) => ({ ...one, startsAt: atMinute(0) }))
  const { rows } = rank('a', [finished('1', 80, 92), moved], { ...event, classes })
  expect(rows.map(({ team }) => team)).toEqual(['2', '1'])
  expect(placeReason(rows, '1')).toEqual({ kind: 'later-finish', ahead: '2', ms: 2 * 60_000 })
})
