import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Card } from '../../design-docs/derived.ts'
import { rank } from '../../functions/rules/rank.ts'
import { rankOverall } from '../../functions/rules/rank-overall.ts'
import { RankingIndex } from '../../functions/rules/ranking-index.ts'
import { cardDoc } from './make-cards.ts'
import { atMinute, eventDoc } from './make-facts.ts'
import { naiveRank } from './naive-rank.ts'

const event = eventDoc()
const finished = (team: string, net: number, goalMinute: number, changes: Partial<Card> = {}) =>
  cardDoc(team, { points: { provisional: net }, goalAt: atMinute(goalMinute), lateMinutes: { a: 0, b: 0 }, ...changes })
const places = (cards: readonly Card[], classId = 'a') =>
  rank(classId, cards, event).rows.map(({ place, team }) => [place, team])

describe('ranking of a class', () => {
  test('[RK1] more points come first, the earlier finish decides between equal ones', () => {
    const cards = [finished('1', 50, 100), finished('2', 80, 170), finished('3', 50, 90)]
    expect(places(cards)).toEqual([
      [1, '2'],
      [2, '3'],
      [3, '1'],
    ])
  })

  test('[RK2] teams equal in points and finish share a place, and the next place is skipped', () => {
    const cards = [finished('12', 50, 100), finished('9', 50, 100), finished('30', 50, 101), finished('4', 60, 100)]
    expect(places(cards)).toEqual([
      [1, '4'],
      [2, '9'],
      [2, '12'],
      [4, '30'],
    ])
  })

  test('[RK3] who is not placed comes after all who are, whatever the points', () => {
    const out = { notPlaced: { a: 'too-late' } } as const
    const waiting = { goalAt: null, lateMinutes: {}, notPlaced: { a: 'no-goal' } } as const
    const cards = [finished('1', 900, 220, out), finished('2', 10, 100), finished('3', 5, 0, waiting)]
    expect(places(cards)).toEqual([
      [1, '2'],
      [null, '3'],
      [null, '1'],
    ])
  })

  test('[RK4] a team is ranked in each of its classes, late by the limit of that class', () => {
    const both = finished('1', 100, 190, { classIds: ['a', 'b'], lateMinutes: { a: 10, b: 0 } })
    const cards = [both, finished('2', 50, 100, { classIds: ['b'] })]
    expect(rank('a', cards, event).rows).toMatchObject([{ team: '1', penalty: 100, net: 0, place: 1 }])
    expect(rank('b', cards, event).rows).toMatchObject([
      { team: '1', penalty: 0, net: 100, place: 1 },
      { team: '2', net: 50, place: 2 },
    ])
  })

  test('[RK5] pending points are shown and not counted', () => {
    const card = cardDoc('1', { points: { confirmed: 30, provisional: 20, pending: 40, adjustment: -5 } })
    expect(rank('a', [card], event).rows).toMatchObject([{ net: 45, confirmed: 30, provisional: 20, pending: 40 }])
  })
})

describe('ranking of all teams together', () => {
  const [a, b] = eventDoc().classes
  const waves = eventDoc({ classes: [a!, { ...b!, startsAt: atMinute(30) }] })
  const line = (cards: readonly Card[]) => rankOverall(cards, waves).rows.map(({ place, team }) => [place, team])

  test('[RK12] each team once, by its main class; its penalty and whether it is placed are that of its main class', () => {
    const both = finished('1', 100, 190, { classIds: ['a', 'b'], lateMinutes: { a: 10, b: 0 } })
    const out = finished('2', 900, 100, { classIds: ['b', 'a'], notPlaced: { b: 'too-late' } })
    const { rows } = rankOverall([both, out, finished('3', 50, 100)], waves)
    expect(rows).toMatchObject([
      { team: '3', place: 1, net: 50, classId: 'a' },
      { team: '1', place: 2, net: 0, penalty: 100, classId: 'a' },
      { team: '2', place: null, notPlaced: 'too-late', classId: 'b' },
    ])
  })

  test('[RK13] equal points: the shorter time from the start of the own class; the same time shares a place', () => {
    const early = finished('1', 50, 100)
    const sooner = finished('2', 50, 129, { classIds: ['b'] })
    const same = finished('3', 50, 130, { classIds: ['b'] })
    expect(line([early, sooner, same])).toEqual([
      [1, '2'],
      [2, '1'],
      [2, '3'],
    ])
  })

  test('[RK14] who is in no class of the event is in no place of it', () => {
    expect(line([finished('1', 50, 100, { classIds: ['gone'] }), finished('2', 5, 100, { classIds: [] })])).toEqual([])
  })
})

const anyCard = fc
  .record({
    team: fc.integer({ min: 1, max: 12 }).map(String),
    net: fc.integer({ min: 0, max: 4 }),
    goal: fc.option(fc.integer({ min: 100, max: 103 })),
    classIds: fc.constantFrom<string[]>(['a'], ['b'], ['a', 'b']),
    late: fc.integer({ min: 0, max: 1 }),
    out: fc.constantFrom(null, null, null, 'not-placed', 'retired', 'disqualified'),
    startedAfter: fc.constantFrom(undefined, 0, 1, 2),
  })
  .map(({ team, net, goal, classIds, late, out, startedAfter }) => {
    const why = out ?? (goal === null ? 'no-goal' : null)
    return cardDoc(team, {
      classIds,
      points: { provisional: net * 10 },
      goalAt: goal === null ? null : atMinute(goal),
      lateMinutes: goal === null ? {} : { a: late, b: 0 },
      ...(startedAfter !== undefined && { declared: { startAt: atMinute(startedAfter) } }),
      notPlaced: why ? Object.fromEntries(classIds.map((id) => [id, why as 'retired'])) : {},
    })
  })

describe('any cards', () => {
  test('[RK6] rank as a plainer way of counting says, in any order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyCard, { selector: ({ team }) => team }), fc.constantFrom('a', 'b'), (cards, id) => {
        expect(rank(id, cards, event).rows).toEqual(naiveRank(id, cards, event))
        expect(rank(id, cards.toReversed(), event)).toEqual(rank(id, cards, event))
      }),
      { numRuns: 500 },
    )
  })

  test('[RK7] after any row of changes the kept ranking equals one made from scratch', () => {
    const changes = fc.array(fc.tuple(anyCard, fc.boolean()), { maxLength: 40 })
    fc.assert(
      fc.property(changes, (steps) => {
        const cards = new Map<string, Card>()
        const index = new RankingIndex(event)
        for (const [card, remove] of steps) {
          const before = ['a', 'b'].map((id) => rank(id, cards.values(), event))
          if (remove) cards.delete(card.team)
          else cards.set(card.team, card)
          const changed = index.change(card.team, cards.get(card.team) ?? null)
          const now = ['a', 'b'].map((id) => rank(id, cards.values(), event))
          expect(['a', 'b'].map((id) => index.ranking(id))).toEqual(now)
          for (const [i, id] of ['a', 'b'].entries()) if (!changed.includes(id)) expect(now[i]).toEqual(before[i])
        }
      }),
      { numRuns: 500 },
    )
  })

  test('[RK8] a ranking once taken stays as it was', () => {
    const index = new RankingIndex(event, [finished('1', 50, 100)])
    const taken = index.ranking('a')
    index.change('2', finished('2', 80, 100))
    expect(taken?.rows).toHaveLength(1)
    expect(index.ranking('z')).toBeNull()
  })
})
