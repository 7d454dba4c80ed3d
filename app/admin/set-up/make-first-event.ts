import type { FirstEvent } from '../../../design-docs/set-up.ts'
import { badFieldsOf } from '../bad-fields.ts'
import type { Desk } from '../desk/desk.ts'

export type Made =
  | { result: 'signed-in' }
  | { result: 'gone' }
  | { result: 'offline' }
  | { result: 'bad'; fields: readonly string[] }
  | { result: 'refused'; code: string }

/**
 * Makes the event and signs this device in with what the server answers. Doing it again is harmless: a device whose
 * sign-in was taken but not answered gets in with the same token.
 */
export async function makeFirstEvent(desk: Desk, token: string, event: FirstEvent): Promise<Made> {
  const answer = await desk.askOpenly('/api/setup', { method: 'POST', json: { token, ...event } })
  const used = answer.kind === 'refused' && answer.code === 'ZK-AUTH-003'
  if (answer.kind === 'refused' && !used) {
    if (answer.code === 'ZK-PLAN-002')
      return { result: 'bad', fields: badFieldsOf(answer.figures).map(({ field }) => field) }
    return { result: 'refused', code: answer.code }
  }
  if (answer.kind !== 'ok' && !used) return { result: 'offline' }
  const invitation = answer.kind === 'ok' ? (answer.body as { invitation: string }).invitation : token
  const signedIn = await desk.session.signIn(invitation, navigator.platform || 'Desk')
  if (signedIn.ok) return { result: 'signed-in' }
  if (signedIn.reason === 'offline') return { result: 'offline' }
  return signedIn.code === 'ZK-AUTH-003' ? { result: 'gone' } : { result: 'refused', code: signedIn.code }
}
