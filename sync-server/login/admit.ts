import type { Context } from 'hono'
import type { Invitation, Session } from '../../design-docs/office.ts'
import { issueAccessToken } from './access-token.ts'
import { type DeviceDraft, grantDevice } from './devices.ts'
import type { Installation } from './installation.ts'
import { writeAudit } from './office.ts'
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts'
import { endSession, startSession } from './sessions.ts'
import { showPerson } from './show-person.ts'

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

/** What an app keeps of a sign-in; it works with this alone until the next refresh. */
export async function signedIn(it: Installation, doc: Session) {
  const { account, name, event, role, teams, device } = doc
  const subject = { account, device, event, role, teams, session: doc._id.slice('session:'.length) }
  const token = await issueAccessToken(it.keys, subject, { nowMs: it.now() })
  return { session: { account, name, event, role, teams, device }, ...token, generation: it.generation }
}
