import { describe, expect, test } from 'vitest'
import { overallId } from '../../design-docs/ids.ts'
import type { PublicationDoc, RankingState } from '../../design-docs/rankings.ts'
import { snapshot as snapshotSchema } from '../../design-docs/rankings.ts'
import { comparePlans, compareRankings, movedByItself } from '../../functions/rules/compare-rankings.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { heldRankings, nextState, stateOf } from '../../functions/rules/publication.ts'
import { rank } from '../../functions/rules/rank.ts'
import { rankOverall } from '../../functions/rules/rank-overall.ts'
import { packRankings, scoringPlan, unpackRanking } from '../../functions/rules/snapshot.ts'
import { anyEvent } from './any-event.ts'
import { cardDoc } from './make-cards.ts'
import { atMinute, checkpointDocs, eventDoc, planOf } from './make-facts.ts'

const cardsOf = (seed: number) => {
  const { plan, teams } = anyEvent(seed)
  return { plan, cards: teams.map((facts) => outcome(facts, plan).card!) }
}
const finished = (team: string, net: number) =>
  cardDoc(team, { points: { provisional: net }, goalAt: atMinute(100), lateMinutes: { a: 0 } })

describe('snapshots', () => {
  test('[SS1] what is packed comes out as it was, in every class and overall, for 100 events', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const { plan, cards } = cardsOf(seed)
      const packed = { event: 'demo', ...packRankings(cards, plan.event) }
      for (const { id } of plan.event.classes)
        expect(unpackRanking(packed, id), `seed ${seed}`).toEqual(rank(id, cards, plan.event))
      expect(unpackRanking(packed, overallId), `seed ${seed}`).toEqual(rankOverall(cards, plan.event))
      expect(packRankings(cards.toReversed(), plan.event)).toEqual(packRankings(cards, plan.event))
    }
    expect(unpackRanking({ event: 'demo', teams: [], rankings: [], overall: [] }, 'a')).toBeNull()
  })

  test('[SS2] the document is the one that its schema asks for', () => {
    const { plan, cards } = cardsOf(7)
    const said = { at: 1, by: 'admin1', name: '', occasion: 'hand', hash: '0'.repeat(64), teamCount: cards.length }
    const doc = { _id: 'snapshot:1', type: 'snapshot', event: 'demo', ...said, plan: scoringPlan(plan) }
    const parsed = snapshotSchema.parse({ ...doc, ...packRankings(cards, plan.event) })
    expect(parsed.teams).toHaveLength(cards.length)
  })

  test('[SS3] a comparison names who moved, by itself or because others did, who came and who went', () => {
    const event = eventDoc()
    const before = rank('a', [finished('1', 50), finished('2', 40), finished('3', 30), finished('4', 20)], event)
    const after = rank('a', [finished('1', 50), finished('2', 40), finished('3', 60), finished('5', 10)], event)
    const changes = compareRankings('a', before, after)
    expect(changes.map(({ team, before: was, after: is }) => [team, was?.place, was?.net, is?.place, is?.net])).toEqual(
      [
        ['3', 3, 30, 1, 60],
        ['1', 1, 50, 2, 50],
        ['2', 2, 40, 3, 40],
        ['5', undefined, undefined, 4, 10],
        ['4', 4, 20, undefined, undefined],
      ],
    )
    expect(changes.filter(movedByItself).map(({ team }) => team)).toEqual(['3', '5', '4'])
    expect(compareRankings('a', before, before)).toEqual([])
  })

  test('[SS4] every figure of the plan that moves points is told with what it was', () => {
    const event = eventDoc()
    const [first, second, ...rest] = checkpointDocs()
    const changed = planOf({ ...event, rules: { ...event.rules, latePenaltyPerMinute: 5 } }, [
      { ...first!, points: 99, name: { ja: '別', en: 'Other' } },
      { ...second!, cancelled: true },
      ...rest.slice(1),
    ])
    expect(comparePlans(scoringPlan(planOf()), scoringPlan(changed))).toEqual([
      { of: 'rules', field: 'latePenaltyPerMinute', before: 10, after: 5 },
      { of: 'checkpoint', id: '1', field: 'points', before: 10, after: 99 },
      { of: 'checkpoint', id: '2', field: 'cancelled', before: null, after: true },
      { of: 'checkpoint', id: '3', field: '', before: true, after: null },
    ])
    expect(comparePlans(scoringPlan(planOf()), scoringPlan(planOf()))).toEqual([])
  })
})

describe('how a ranking stands', () => {
  const doc = (state: RankingState, at: number): PublicationDoc => {
    const own = { state, at, by: 'a', snapshot: 'snapshot:1', publishedAt: at }
    return { _id: 'publication', type: 'publication', event: 'demo', classes: { a: own as never } }
  }

  test('[SS5] an action leads from each state to one other, or does nothing', () => {
    expect(nextState.unpublish.published).toBe('frozen')
    expect(nextState.unfreeze.published).toBe('reopened')
    expect(nextState.freeze.reopened).toBe('published')
    expect(nextState.unpublish.reopened).toBe('live')
    expect(nextState.freeze.published).toBeNull()
  })

  test('[SS6] an event frozen as a whole holds every ranking, until something is done about one later', () => {
    const frozen = eventDoc({ rankingFrozenAt: 100 })
    expect(stateOf(frozen, null, 'a')).toBe('frozen')
    expect(stateOf(frozen, doc('reopened', 50), 'a')).toBe('published')
    expect(stateOf(frozen, doc('reopened', 150), 'a')).toBe('reopened')
    expect(stateOf(frozen, doc('live', 150), 'a')).toBe('live')
    expect([...heldRankings(frozen, doc('live', 150))]).toEqual(['b', overallId])
    expect(stateOf(eventDoc({ phase: 'published' }), null, 'b')).toBe('frozen')
    expect([...heldRankings(eventDoc(), null)]).toEqual([])
  })
})
