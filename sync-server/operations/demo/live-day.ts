import type { CheckpointDoc } from '../../../design-docs/plan.ts'
import type { Role } from '../../../design-docs/primitives.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { type DemoPhone, signInDemoPhone } from './demo-phone.ts'
import { drawPhoto } from './draw-photo.ts'

export type LiveTeam = { number: string; finished: boolean; members: number }

type LiveDay = {
  base: string
  now(): number
  seed: number
  invite(role: Role, name: string, teams: string[]): Promise<string>
  checkpoints: readonly CheckpointDoc[]
  teams: readonly LiveTeam[]
  say(text: string): void
}

/** A sign-in lasts ten minutes; a phone of the demo simply signs in anew before. */
const signInMs = 8 * 60_000
const degreesPerMeter = 1 / 111_195

/** Answers a step that, at each call, lets one team do the next thing: check in with a photo, now and then badly, or finish. */
export function liveDay(day: LiveDay): () => Promise<void> {
  const chance = chanceFrom(day.seed)
  const phones = new Map<string, { phone: DemoPhone; until: number }>()
  const visited = new Map<string, Set<string>>()
  const running = new Map(day.teams.filter((team) => !team.finished).map((team) => [team.number, team]))
  const goal = day.checkpoints.find((checkpoint) => checkpoint.kind === 'goal')
  const photoPoints = day.checkpoints.filter((checkpoint) => checkpoint.kind === 'photo' && !checkpoint.cancelled)

  return async () => {
    const team = running.size > 0 ? chance.pick([...running.values()]) : undefined
    if (!team) return day.say('Every team has finished.\n')
    const seen = visited.get(team.number) ?? new Set()
    visited.set(team.number, seen)
    const open = photoPoints.filter((point) => !seen.has(point.number))
    if (goal && (open.length === 0 || chance.next() < 0.08)) return await finish(team, goal)
    const point = chance.pick(open)
    seen.add(point.number)
    await checkIn(team, point)
  }

  async function checkIn(team: LiveTeam, point: CheckpointDoc): Promise<void> {
    const phone = await phoneOf('participant', team.number, [team.number])
    const at = Math.round(day.now())
    const saying = { team: team.number, checkpoint: point.number, method: 'photo', verified: false } as const
    const checkin = phone.record('checkin', at, { ...saying, position: near(point, chance) })
    phone.photograph(checkin, await drawPhoto(point.number, team.number, team.members, chance), at + 800)
    await phone.deliver()
    day.say(`${team.number} checked in at ${point.number} ${point.name.ja}\n`)
  }

  async function finish(team: LiveTeam, goal: CheckpointDoc): Promise<void> {
    const phone = await phoneOf('staff', 'ゴール 鈴木', [])
    const saying = { team: team.number, checkpoint: goal.number, method: 'qr', verified: true } as const
    phone.record('checkin', Math.round(day.now()), saying)
    await phone.deliver()
    running.delete(team.number)
    day.say(`${team.number} has finished\n`)
  }

  async function phoneOf(role: Role, name: string, teams: string[]): Promise<DemoPhone> {
    const known = phones.get(name)
    if (known && known.until > day.now()) return known.phone
    const clock = { skewMs: chance.between(-500, 500), measured: true }
    const invitation = await day.invite(role, name, teams)
    const phone = await signInDemoPhone({ base: day.base, invitation, name, clock, chance })
    phones.set(name, { phone, until: day.now() + signInMs })
    return phone
  }
}

function near(point: CheckpointDoc, chance: Chance): { lat: number; lng: number; accuracyMeters: number } {
  const offMeters = chance.next() < 0.12 ? chance.between(60, 200) : chance.between(0, 30)
  const angle = chance.next() * 2 * Math.PI
  return {
    lat: point.lat + offMeters * Math.cos(angle) * degreesPerMeter,
    lng: point.lng + (offMeters * Math.sin(angle) * degreesPerMeter) / Math.cos((point.lat * Math.PI) / 180),
    accuracyMeters: chance.between(4, 30),
  }
}
