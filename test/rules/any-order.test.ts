import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fact } from '../../design-docs/facts.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { preview } from '../../functions/rules/preview.ts'
import type { RulesPlan } from '../../functions/rules/rules-plan.ts'
import { anyFacts, anyPlan } from './any-team.ts'
import { atMinute, factMaker } from './make-facts.ts'
import { naiveOutcome } from './naive-outcome.ts'

const anyDay = anyPlan.chain((plan) => fc.record({ plan: fc.constant(plan), facts: anyFacts(plan) }))
const shuffled = (facts: readonly Fact[]) => fc.shuffledSubarray([...facts], { minLength: facts.length })

test('[JG3] judging and counting agree with a plainer way of doing both', () => {
  fc.assert(
    fc.property(anyDay, ({ plan, facts }) => {
      const voidedEntry = !outcome(facts, plan).card
      fc.pre(!voidedEntry)
      const { verdicts, card } = outcome(facts, plan)
      const naive = naiveOutcome(facts, plan)
      expect(
        verdicts.map(({ checkin, reasons, status, points, counts }) => ({
          checkin,
          reasons: [...reasons].sort(),
          status,
          points,
          counts,
        })),
      ).toEqual(naive.verdicts)
      const { points, goalAt, lateMinutes, notPlaced } = card!
      expect({ points, goalAt, lateMinutes, notPlaced }).toEqual({
        points: naive.points,
        goalAt: naive.goalAt,
        lateMinutes: naive.lateMinutes,
        notPlaced: naive.notPlaced,
      })
    }),
    { numRuns: 1000 },
  )
})

test('[JG4] the same facts in any order give the very same documents', () => {
  const days = anyDay.chain(({ plan, facts }) => fc.tuple(fc.constant({ plan, facts }), shuffled(facts)))
  fc.assert(
    fc.property(days, ([{ plan, facts }, other]) => {
      expect(outcome(other, plan)).toEqual(outcome(facts, plan))
    }),
    { numRuns: 500 },
  )
})

/** An outcome without the tags of the facts behind it, which name voided facts too. */
function visible(facts: readonly Fact[], plan: RulesPlan) {
  const { team, verdicts, card } = outcome(facts, plan)
  return { team, verdicts, card: card && { ...card, takenIn: '' } }
}

test('[VO1] a check-in that was recorded and voided leaves everything as if it had never been', () => {
  const make = factMaker()
  fc.assert(
    fc.property(anyDay, fc.constantFrom('1', 'S1', 'GO'), fc.nat({ max: 250 }), ({ plan, facts }, number, minute) => {
      const checkin = make.scanned(number, atMinute(minute), { _id: '12:checkin:7ZZZZZZZZZZZZZZZZZZZZZZZZZ' })
      const photo = make.photo(checkin, { _id: '12:photo:7ZZZZZZZZZZZZZZZZZZZZZZZZZ' })
      const undo = make.undo(checkin, { _id: '12:void:7ZZZZZZZZZZZZZZZZZZZZZZZZZ' })
      expect(visible([...facts, checkin, photo, undo], plan)).toEqual(visible(facts, plan))
    }),
    { numRuns: 300 },
  )
})

test('[VO2] a void by another who is neither judge nor admin, or of a void, changes nothing', () => {
  const make = factMaker()
  fc.assert(
    fc.property(anyDay, fc.nat(), ({ plan, facts }, index) => {
      const target = facts[index % facts.length]!
      const foreign = make.undo(target, { _id: '12:void:7ZZZZZZZZZZZZZZZZZZZZZZZZY', by: 'stranger', as: 'staff' })
      const ofVoids = facts
        .filter(({ type }) => type === 'void')
        .map((fact, i) => make.undo(fact, { _id: `12:void:7ZZZZZZZZZZZZZZZZZZZZZZ${1000 + i}`, as: 'admin' }))
      expect(visible([...facts, foreign, ...ofVoids], plan)).toEqual(visible(facts, plan))
    }),
    { numRuns: 300 },
  )
})

/**
 * Left out is what a card cannot tell: the second best behind a row, reviews of what had not arrived, and what would
 * judge old check-ins anew (a void, a review, another ruling, revocation or real time).
 */
test('[PV1] a preview of later facts on a card equals the card of all of them', () => {
  const days = anyDay.map(({ plan, facts }) => {
    const seen = new Set<string>()
    const timeOf = new Map(facts.map(({ _id, at }) => [_id, at]))
    const hidden = ['arrival', 'void', 'ruling']
    const plain = facts.filter((fact) => {
      if (fact.type === 'review') return fact.at > timeOf.get(fact.checkin)!
      if (fact.type !== 'checkin') return !hidden.includes(fact.type)
      return !seen.has(fact.checkpoint) && seen.add(fact.checkpoint)
    })
    const isLate = (fact: Fact) => (fact.type === 'photo' ? fact.at - 1000 : fact.at) > atMinute(60)
    const early = plain.filter((fact) => !isLate(fact))
    const changesOld = (fact: Fact) =>
      fact.type === 'correction' ||
      fact.type === 'timing' ||
      (fact.type === 'review' && early.some(({ _id }) => _id === fact.checkin))
    return { plan, early, late: plain.filter((fact) => isLate(fact) && !changesOld(fact)) }
  })
  fc.assert(
    fc.property(days, ({ plan, early, late }) => {
      const { card } = outcome(early, plan)
      fc.pre(card !== null)
      expect(preview(card!, late, plan)).toEqual(outcome([...early, ...late], plan).card)
    }),
    { numRuns: 1000 },
  )
})
