import { ulid } from '../../design-docs/ids.ts'
import { playCheckins, type Visit } from './play-checkins.ts'
import type { StaffPhone } from './staff-phone.ts'
import { gifu, someCheckpoints, type Zekken } from './start-zekken.ts'

/** The team's phone is a browser like the staff's. */
export type TeamPhone = StaffPhone

/** Signs in by an invitation's link and waits for the card. */
export async function joinTeam({ page }: TeamPhone, zekken: Zekken, team: string): Promise<void> {
  await page.goto(await zekken.invite('participant', `Team ${team}`, [team]))
  await page.locator('.sign-in .button.main:enabled').click()
  await page.locator('.own-number').waitFor()
}

const metersNorth = (meters: number) => meters / 111_320
const shrine = someCheckpoints.find(({ number }) => number === '18')!

/** A place taken well, and one taken from 64 m away; answers the check-ins in this order. */
export async function playTwoVisits(zekken: Zekken, team: string): Promise<[lookout: string, shrine: string]> {
  const visits: Visit[] = [
    { checkpoint: '34', ...gifu, minutesAgo: 40 },
    { checkpoint: '18', lat: shrine.lat + metersNorth(64), lng: shrine.lng, minutesAgo: 10 },
  ]
  const [first, second] = await playCheckins(zekken, team, visits)
  return [first!, second!]
}

let decisions = 0

/** A decision at the desk, as the console sends it. */
export async function decide(zekken: Zekken, decision: object): Promise<void> {
  const id = ulid(Date.now(), Uint8Array.of(...new Uint8Array(9), ++decisions))
  const path = `/api/events/${zekken.event}/decisions`
  // A team that was entered a moment ago is known to the console a moment later.
  for (let tries = 1; ; tries++) {
    const failure = await zekken.post(path, { id, ageMs: 0, ...decision }).then(
      () => null,
      (error: unknown) => error,
    )
    if (failure === null) return
    if (tries === 40 || !String(failure).includes(' 404')) throw failure
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
