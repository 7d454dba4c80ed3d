import type { Fact, Member } from '../../design-docs/facts.ts'
import type { EventClass } from '../../design-docs/plan.ts'
import type { RulesPlan } from '../../functions/rules/rules-plan.ts'
import { createRandom, type Random } from '../fuzz/random.ts'
import { atMinute, checkpointDocs, eventDoc, factMaker, minutes, north, planOf } from './make-facts.ts'

/** A whole small event by its seed: its plan, and the facts of each of its teams. Few points and minutes: many ties. */
export function anyEvent(seed: number): { plan: RulesPlan; teams: Fact[][] } {
  const random = createRandom(seed)
  const plan = anyPlanBy(random)
  const teams = Array.from({ length: 2 + random.below(8) }, (_, i) => anyTeam(random, plan, String(8 + i)))
  return { plan, teams }
}

function anyPlanBy(random: Random): RulesPlan {
  const docs = checkpointDocs()
  for (const doc of docs) if (random.chance(0.1)) Object.assign(doc, { cancelled: true })
  for (const doc of docs) if (doc.points > 0) doc.points = random.pick([10, 10, 20])
  const event = eventDoc()
  const [a, b] = event.classes as [EventClass, EventClass]
  const later = random.pick([0, 0, 30])
  const classes: EventClass[] = [
    { ...a, limitMinutes: random.pick([120, 180]) },
    { ...b, startsAt: atMinute(later), limitMinutes: random.pick([120, 180]) },
    { ...a, id: 'w', limitMinutes: 120, fits: { gender: random.pick(['all-f', 'mixed'] as const) } },
    { ...a, id: 'v', limitMinutes: random.pick([120, 180]), fits: { minAge: 40, maxMembers: random.pick([1, 2]) } },
  ]
  const rules = {
    ...event.rules,
    autoApprove: random.chance(0.8),
    requirePhoto: random.chance(0.3),
    latePenaltyPerMinute: random.pick([0, 1, 10]),
    maxLateMinutes: random.pick([0, 5, 30]),
  }
  return planOf({ ...event, classes, rules }, docs)
}

const anyMembers = (random: Random): Member[] =>
  Array.from({ length: 1 + random.below(3) }, (_, i) => ({
    id: `m${i}`,
    name: `M${i}`,
    ...(random.chance(0.8) && { age: random.pick([12, 39, 40, 61]) }),
    ...(random.chance(0.8) && { gender: random.pick(['f', 'f', 'm'] as const) }),
  }))

function anyTeam(random: Random, plan: RulesPlan, team: string): Fact[] {
  const make = factMaker(team)
  const classIds = () => random.pick([['a'], ['a'], ['b'], ['a', 'b'], ['gone']])
  const [main = '', ...also] = classIds()
  const facts: Fact[] = [make.entry({ classIds: [main, ...also], members: anyMembers(random) })]
  const startsAt = plan.event.classes.find(({ id }) => id === main)?.startsAt ?? atMinute(0)
  const add = (fact: Fact) => void facts.push(fact)
  const checkin = (number: string, at: number) => {
    const place = plan.checkpoints.get(number)!
    const position = { ...north(place, random.pick([0, 49, 51])), accuracyMeters: 9 }
    if (random.chance(0.7)) return add(make.scanned(number, at, { verified: random.chance(0.9) }))
    add(make.recorded(number, at, random.chance(0.9) ? { position } : {}))
    if (random.chance(0.6)) add(make.photo(facts.at(-1)!))
  }
  for (let steps = random.below(5); steps > 0; steps--)
    checkin(random.pick(['1', '2', '3', 'S1']), atMinute(10 * random.below(16)))
  const goalAt = startsAt + minutes(random.pick([110, 120, 120.5, 121, 126, 180, 186]))
  if (random.chance(0.9)) add(make.scanned('GO', goalAt, { verified: random.chance(0.9) }))
  for (let more = random.below(4); more > 0; more--) {
    const target = facts[random.below(facts.length)]!
    const at = Math.max(target.at, atMinute(0)) + minutes(1 + random.below(200))
    const what = random.below(15)
    if (what < 4) add(make.review(target, random.pick(['APPROVED', 'REJECTED'] as const), { at }))
    else if (what < 6)
      add(make.make('adjustment', { at, points: random.pick([-10, -5, 10]), reason: 'r', as: 'judge' }))
    else if (what < 8 && target.type !== 'entry')
      add(make.undo(target, { at, as: random.pick(['judge', 'staff'] as const) }))
    else if (what < 9) add(make.make('retire', { at, reason: 'tired' }))
    else if (what < 10)
      add(make.make('ruling', { at, status: random.pick(['registered', 'withdrawn', 'disqualified']), reason: 'r' }))
    else if (what < 11) add(make.make('ruling', { at, status: 'not-placed', reason: 'guest' }))
    else if (what < 13)
      add(
        make.make('timing', {
          at,
          kind: random.pick(['start', 'start', 'finish'] as const),
          is: random.chance(0.2) ? null : random.pick([startsAt, startsAt + minutes(10), goalAt, goalAt - minutes(10)]),
          reason: 'late bus',
        }),
      )
    else if (what < 14) add(make.make('correction', { at, field: 'classIds', was: [], is: classIds() }))
    else
      add(
        make.make('correction', { at, field: 'members', was: [], is: JSON.parse(JSON.stringify(anyMembers(random))) }),
      )
  }
  return facts
}
