import fc from 'fast-check'
import type { CheckinFact, Fact } from '../../design-docs/facts.ts'
import type { RulesPlan } from '../../functions/rules/rules-plan.ts'
import { atMinute, checkpointDocs, eventDoc, factMaker, minutes, north, planOf } from './make-facts.ts'

/** A plan with a cancelled checkpoint, one with hours, two goals, and rules that vary. */
export const anyPlan: fc.Arbitrary<RulesPlan> = fc
  .record({ autoApprove: fc.boolean(), requirePhoto: fc.boolean(), duplicateMinutes: fc.constantFrom(0, 10, 30) })
  .map((rules) => {
    const docs = checkpointDocs()
    Object.assign(docs[2]!, { cancelled: true })
    Object.assign(docs[3]!, { opensAt: atMinute(60), closesAt: atMinute(120), radiusMeters: 20 })
    docs.push({ ...docs.at(-1)!, _id: 'checkpoint:GP', number: 'GP', points: 3 })
    const event = eventDoc()
    return planOf({ ...event, rules: { ...event.rules, ...rules } }, docs)
  })

const quarters = fc.integer({ min: -80, max: 1100 }).map((count) => count / 4)
const anyCheckin = fc.record({
  do: fc.constant('checkin' as const),
  checkpoint: fc.constantFrom('1', '1', '2', '3', '4', 'S1', 'ST', 'GO', 'GO', 'GP', 'X9'),
  minute: quarters,
  how: fc.constantFrom('scanned', 'scanned', 'recorded', 'recorded', 'upload'),
  metres: fc.option(fc.constantFrom(0, 19.9, 20.1, 49.9, 50, 50.1, 70)),
  accuracyMeters: fc.constantFrom(5, 100, 101),
  verified: fc.boolean(),
  bibIssue: fc.constantFrom(1, 2),
  photo: fc.boolean(),
  arrivesAfter: fc.option(fc.constantFrom(0, 15, 16, 200)),
})
const onFact = { target: fc.nat({ max: 30 }), minute: quarters }
const anyStep = fc.oneof(
  { weight: 6, arbitrary: anyCheckin },
  fc.record({ do: fc.constant('void' as const), ...onFact, as: fc.constantFrom('author', 'staff', 'judge') }),
  fc.record({
    do: fc.constant('review' as const),
    ...onFact,
    as: fc.constantFrom('judge', 'admin', 'staff'),
    action: fc.constantFrom('APPROVED', 'REJECTED'),
  }),
  fc.record({ do: fc.constant('adjustment' as const), minute: quarters, points: fc.integer({ min: -50, max: 50 }) }),
  fc.record({
    do: fc.constant('ruling' as const),
    minute: quarters,
    status: fc.constantFrom('registered', 'registered', 'not-placed', 'withdrawn', 'disqualified'),
  }),
  fc.record({ do: fc.constant('retire' as const), minute: quarters }),
  fc.record({ do: fc.constant('back' as const), minute: quarters }),
  fc.record({
    do: fc.constant('timing' as const),
    minute: quarters,
    kind: fc.constantFrom('start' as const, 'finish' as const),
    is: fc.option(quarters),
  }),
  fc.record({ do: fc.constant('revoke' as const), minute: quarters, issues: fc.subarray([1, 2]) }),
)

/** The facts of one team on any day whatever, all by right clocks; `plan` names the places that it can be near to. */
export const anyFacts = (plan: RulesPlan): fc.Arbitrary<Fact[]> =>
  fc
    .tuple(fc.array(anyStep, { maxLength: 25 }), fc.constantFrom<string[]>(['a'], ['b', 'a']))
    .map(([steps, classIds]) => {
      const make = factMaker()
      const facts: Fact[] = [make.entry({ classIds })]
      const add = (fact: Fact) => facts.push(fact)
      for (const step of steps) {
        const at = atMinute(step.minute)
        if (step.do === 'checkin') add(checkin(make, { ...step, at }, plan))
        if (step.do === 'checkin' && step.photo) add(make.photo(facts.at(-1)!))
        if (step.do === 'checkin' && step.arrivesAfter !== null)
          add(make.arrival(facts.slice(-1 - Number(step.photo)), at + minutes(step.arrivesAfter)))
        if (step.do === 'adjustment')
          add(make.make('adjustment', { at, points: step.points, reason: 'r', as: 'judge' }))
        if (step.do === 'ruling') add(make.make('ruling', { at, status: step.status as 'registered', reason: 'r' }))
        if (step.do === 'retire') add(make.make('retire', { at, reason: 'tired' }))
        if (step.do === 'back') add(make.make('back', { at }))
        if (step.do === 'timing')
          add(
            make.make('timing', { at, kind: step.kind, is: step.is === null ? null : atMinute(step.is), reason: 'r' }),
          )
        if (step.do === 'revoke') add(make.make('correction', { at, field: 'revokedBibs', was: [], is: step.issues }))
        if (step.do === 'void' || step.do === 'review') {
          const target = facts[1 + (step.target % facts.length)]
          if (!target) continue
          if (step.do === 'review') add(make.review(target, step.action as 'APPROVED', { at, as: step.as as 'judge' }))
          else
            add(
              make.undo(target, {
                at,
                ...(step.as === 'author' ? { by: target.by } : { by: 'x', as: step.as as 'staff' }),
              }),
            )
        }
      }
      return facts
    })

type Given = Pick<CheckinFact, 'checkpoint' | 'verified' | 'at'> & {
  how: string
  metres: number | null
  accuracyMeters: number
  bibIssue: number
}

function checkin(make: ReturnType<typeof factMaker>, given: Given, plan: RulesPlan): CheckinFact {
  const { checkpoint, at, how, metres, accuracyMeters, verified, bibIssue } = given
  const place = plan.checkpoints.get(checkpoint) ?? { lat: 35, lng: 138 }
  const position = metres === null ? {} : { position: { ...north(place, metres), accuracyMeters } }
  if (how === 'scanned') return make.scanned(checkpoint, at, { verified, bibIssue })
  if (how === 'upload') return make.scanned(checkpoint, at, { method: 'upload', ...position })
  return make.recorded(checkpoint, at, position)
}
