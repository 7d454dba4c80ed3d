import type { ArrivalFact, CheckinFact, Fact } from '../../design-docs/facts.ts'
import type { ClockStep, ClockStory } from './clock-stories.ts'
import { atMinute, factMaker, minutes, north, planOf } from './make-facts.ts'

const plan = planOf()
const numbers = { P1: 'S1', P2: 'S2', GOAL: 'GO' } as const
/** A second staffed checkpoint beside the first, so that no way between them is too long for any clock. */
export const storyPlan = planOf(plan.event, [
  ...plan.checkpoints.values(),
  { ...plan.checkpoints.get('S1')!, _id: 'checkpoint:S2', number: 'S2' },
])

/** A phone whose clocks obey the story. */
class Phone {
  readonly device: string
  aheadMs = 0
  sleptMs = 0
  boot = 1
  loadedAt = atMinute(-300)
  offsetMs = 0
  measuredAt: number | null = null

  constructor(name: string) {
    this.device = `phone-${name}`.padEnd(8, '0').replace('-', '0')
  }
  clock(now: number) {
    return {
      device: this.device,
      deviceAt: now + this.aheadMs,
      offsetMs: this.offsetMs,
      bootId: `${this.device}-${this.boot}`,
      monotonicMs: now - this.loadedAt - this.sleptMs,
    }
  }
  measure(now: number): void {
    this.offsetMs = -this.aheadMs
    this.measuredAt = now + this.aheadMs
  }
}

/** The facts that the story leaves in the log, arrivals included, and the id of each check-in by its name. */
export function tellStory({ steps }: ClockStory): { facts: Fact[]; ids: Map<string, string> } {
  const make = factMaker()
  const phones = new Map<string, Phone>()
  const recorded = new Map<string, { fact: CheckinFact; phone: Phone; delivered: boolean }>()
  const arrivals: ArrivalFact[] = []
  for (const step of steps) {
    const name = step.phone ?? 'a'
    const phone = phones.get(name) ?? new Phone(name)
    phones.set(name, phone)
    const now = atMinute(step.minute)
    if (step.do === 'measure') phone.measure(now)
    else if (step.do === 'set-clock') phone.aheadMs = minutes(step.ahead)
    else if (step.do === 'sleep') phone.sleptMs += minutes(step.minutes)
    else if (step.do === 'reload') Object.assign(phone, { boot: phone.boot + 1, loadedAt: now, sleptMs: 0 })
    else if (step.do === 'record')
      recorded.set(step.fact, { fact: checkin(make, step, phone), phone, delivered: false })
    else if (step.do === 'deliver' || step.do === 'pass-on') {
      const names =
        step.facts ?? [...recorded].filter(([, one]) => one.phone === phone && !one.delivered).map(([n]) => n)
      const facts = names.map((one) => recorded.get(one)!)
      for (const one of facts) one.delivered = true
      if (step.do === 'deliver') phone.measure(now)
      const clock = step.do === 'deliver' ? { clock: phone.clock(now) } : {}
      arrivals.push(
        make.arrival(
          facts.map(({ fact }) => fact),
          now,
          { server: step.to ?? 'main', ...clock },
        ),
      )
    }
  }
  const checkins = [...recorded].map(([name, { fact }]) => [name, fact] as const)
  return {
    facts: [make.entry(), ...checkins.map(([, fact]) => fact), ...arrivals],
    ids: new Map(checkins.map(([name, fact]) => [name, fact._id])),
  }
}

function checkin(make: ReturnType<typeof factMaker>, step: ClockStep & { do: 'record' }, phone: Phone): CheckinFact {
  const { deviceAt, offsetMs, ...clock } = phone.clock(atMinute(step.minute))
  const number = numbers[step.at]
  const claim = { ...clock, deviceAt, offsetMs, measuredAt: phone.measuredAt }
  const position = { ...north(storyPlan.checkpoints.get(number)!, 5), accuracyMeters: 5 }
  const makeOne = step.as === 'staff' ? make.scanned : make.recorded
  return makeOne(number, deviceAt + offsetMs, { ...claim, position })
}
