import type { Context } from 'hono'
import type { Invitation } from '../../design-docs/sign-in.ts'
import { refuseForgotten } from '../forget/forgotten-events.ts'
import { demandRemembered } from '../forget/forgotten-teams.ts'
import { type DeviceDraft, grantDevice } from './devices.ts'
import type { Installation } from './installation.ts'
import { writeAudit } from './office.ts'
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts'
import { endSession, startSession } from './sessions.ts'
import { showPerson } from './show-person.ts'
import { signedIn } from './signed-in.ts'

/** Who is let in, whatever proved it. */
export type Person = Pick<Invitation, 'account' | 'name' | 'event' | 'role' | 'teams'>
export type WayIn = 'invitation' | 'passcode' | 'password' | 'agent' | 'openid' | 'passkey'

type Admission = { person: Person; device: DeviceDraft; way: WayIn; https: boolean }

/**
 * Signs a device in for a person: the one way to a session. It is always a new one, under a new cookie; what the browser
 * held before is ended, so that nobody can plant a session.
 */
export async function admit(it: Installation, c: Context, { person, device, way, https }: Admission) {
  const { account, role, event, teams } = person
  await refuseForgotten(it, event)
  await demandRemembered(it, event, teams)
  await grantDevice(it, device, { account, as: role, event, teams })
  await showPerson(it, person)
  const { session, cookie } = await startSession(it, person, device.id)
  const earlier = readSessionCookie(c)
  if (earlier) await endSession(it, earlier, 'replaced')
  const line = { by: account, action: 'signed-in', about: device.id, event, details: { way } } as const
  await writeAudit(it.office, it.now(), line)
  writeSessionCookie(c, cookie, https)
  return await signedIn(it, session)
}
