import { chanceFrom } from '../../sync-server/operations/demo/chance.ts'
import { signInDemoPhone } from '../../sync-server/operations/demo/demo-phone.ts'
import { drawPhoto } from '../../sync-server/operations/demo/draw-photo.ts'
import type { Zekken } from './start-zekken.ts'

export type Visit = { checkpoint: string; lat: number; lng: number; minutesAgo: number; accuracyMeters?: number }

/** A team's own phone checks in with photographs through the real doors; answers the ids of the check-ins. */
export async function playCheckins(zekken: Zekken, team: string, visits: readonly Visit[]): Promise<string[]> {
  const link = await zekken.invite('participant', `Team ${team}`, [team])
  // Events share a zekken, in which no two phones may have one id.
  const seed = [...`${zekken.event}${team}`].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 0)
  const chance = chanceFrom(seed)
  const phone = await signInDemoPhone({
    base: zekken.url,
    invitation: link.slice(link.indexOf('#invite=') + '#invite='.length),
    name: `Phone ${team}`,
    clock: { skewMs: 800, measured: true },
    chance,
  })
  const checkins: string[] = []
  for (const { checkpoint, lat, lng, minutesAgo, accuracyMeters = 8 } of visits) {
    const at = Date.now() - minutesAgo * 60_000
    const position = { lat, lng, accuracyMeters, at }
    const checkin = phone.record('checkin', at, { team, checkpoint, method: 'photo', verified: false, position })
    phone.photograph(checkin, await drawPhoto(checkpoint, team, 3, chance), at + 1000)
    checkins.push(checkin._id)
  }
  await phone.deliver()
  return checkins
}
