import type { Application } from '../../design-docs/applications.ts'
import { type Outgoing, outgoingId, sentId } from '../../design-docs/mail.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'

/**
 * Puts what was decided on an application among the outgoing mails; the same decision is mailed once. The invitation's
 * link is not in it: it is made when the mail is sent.
 */
export async function queueApplicationMail(it: Installation, { event, draft, decision }: Application): Promise<void> {
  if (!decision) return
  const which = decision.is === 'granted' ? `granted-${decision.round}` : 'declined'
  const key = `application:${event}:${draft}:${which}`
  if (await it.office.get(sentId(key))) return
  const queuedAt = it.now()
  const mail: Outgoing = {
    _id: outgoingId(key),
    type: 'outgoing',
    key,
    event,
    kind: 'application',
    draft,
    occasion: decision.is,
    state: 'waiting',
    queuedAt,
    nextAt: queuedAt,
    tries: 0,
  }
  // One that waits already is the same.
  await it.office.put(mail as CouchDoc)
}
