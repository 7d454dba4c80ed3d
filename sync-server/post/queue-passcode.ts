import { type Outgoing, outgoingId } from '../../design-docs/mail.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Entered } from '../entry/entrants.ts'
import type { Installation } from '../login/installation.ts'

/** Puts a passcode among the outgoing mails. The digits are not in it: they are made when it is sent. */
export async function queuePasscode(it: Installation, { event, draft, number }: Entered, mail: string): Promise<void> {
  const key = `passcode:${event}:${number}:${mail}`
  const queuedAt = it.now()
  const doc: Outgoing = {
    _id: outgoingId(key),
    type: 'outgoing',
    key,
    event,
    kind: 'passcode',
    draft,
    occasion: 'sign-in',
    state: 'waiting',
    queuedAt,
    nextAt: queuedAt,
    tries: 0,
  }
  await it.office.put(doc as CouchDoc)
}
