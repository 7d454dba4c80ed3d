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

type SeenClock = NonNullable<ArrivalFact['clock']>
type Claim = Pick<Fact, 'at' | 'deviceAt' | 'offsetMs' | 'measuredAt' | 'bootId' | 'monotonicMs'>

/** What a story needs of a phone: clocks that obey it, the stamp of a fact, and what a delivery says of the clocks. */
export type StoryPhone = {
  device: string
  aheadMs: number
  sleptMs: number
  reload(now: number): void
  measure(now: number): void
  stamp(now: number): Claim
  seen(now: number): SeenClock
}

/** A phone as DESIGN.md describes it, with none of the product's code. */
export function plainPhone(device: string): StoryPhone {
  let boot = 1
  let loadedAt = atMinute(-300)
  let measured: { offsetMs: number; measuredAt: number | null } = { offsetMs: 0, measuredAt: null }
  const phone: StoryPhone = {
    device,
    aheadMs: 0,
    sleptMs: 0,
    reload(now) {
      boot++
      loadedAt = now
      phone.sleptMs = 0
    },
    measure(now) {
      measured = { offsetMs: -phone.aheadMs, measuredAt: now + phone.aheadMs }
    },
    stamp(now) {
      const deviceAt = now + phone.aheadMs
      const running = { bootId: `${device}-${boot}`, monotonicMs: now - loadedAt - phone.sleptMs }
      return { at: deviceAt + measured.offsetMs, deviceAt, ...measured, ...running }
    },
    seen(now) {
      const { deviceAt, offsetMs, bootId, monotonicMs } = phone.stamp(now)
      return { device, deviceAt, offsetMs, bootId, monotonicMs }
    },
  }
  return phone
}

/** The facts that the story leaves in the log, arrivals included, and the id of each check-in by its name. */
export function tellStory({ steps }: ClockStory, newPhone = plainPhone): { facts: Fact[]; ids: Map<string, string> } {
  const make = factMaker()
  const phones = new Map<string, StoryPhone>()
  const recorded = new Map<string, { fact: CheckinFact; phone: StoryPhone; delivered: boolean }>()
  const arrivals: ArrivalFact[] = []
  for (const step of steps) {
    const name = step.phone ?? 'a'
    const phone = phones.get(name) ?? newPhone(`phone000${name}`)
    phones.set(name, phone)
    const now = atMinute(step.minute)
    if (step.do === 'measure') phone.measure(now)
    else if (step.do === 'set-clock') phone.aheadMs = minutes(step.ahead)
    else if (step.do === 'sleep') phone.sleptMs += minutes(step.minutes)
    else if (step.do === 'reload') phone.reload(now)
    else if (step.do === 'record')
      recorded.set(step.fact, { fact: checkin(make, step, phone), phone, delivered: false })
    else if (step.do === 'deliver' || step.do === 'pass-on') {
      const names =
        step.facts ?? [...recorded].filter(([, one]) => one.phone === phone && !one.delivered).map(([n]) => n)
      const facts = names.map((one) => recorded.get(one)!)
      for (const one of facts) one.delivered = true
      if (step.do === 'deliver') phone.measure(now)
      const clock = step.do === 'deliver' ? { clock: phone.seen(now) } : {}
      arrivals.push(
        make.arrival(
          facts.map(({ fact }) => fact),
          now + (step.do === 'deliver' ? minutes(step.upload ?? 0) : 0),
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

function checkin(
  make: ReturnType<typeof factMaker>,
  step: ClockStep & { do: 'record' },
  phone: StoryPhone,
): CheckinFact {
  const claim = phone.stamp(atMinute(step.minute))
  const number = numbers[step.at]
  const position = { ...north(storyPlan.checkpoints.get(number)!, 5), accuracyMeters: 5 }
  const makeOne = step.as === 'staff' ? make.scanned : make.recorded
  return makeOne(number, claim.at, { ...claim, device: phone.device, position })
}
