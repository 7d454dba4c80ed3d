import { type Outgoing, outgoingId, sentId } from '../../design-docs/mail.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Entered } from '../entry/entrants.ts'
import type { Installation } from '../login/installation.ts'

/**
 * Puts the reply to an entry, a change or a withdrawal among the outgoing mails. Done again for the same occasion it
 * does nothing, so it is done before the person is answered: whoever hears nothing sends again.
 */
export async function queueReply(it: Installation, entered: Entered): Promise<void> {
  const { event, draft, version, withdrawnAt, entry } = entered
  // Entered by a program that gave no address.
  if (entry.mail === '') return
  const occasion = withdrawnAt !== undefined ? 'withdrawn' : version > 1 ? 'changed' : 'entered'
  const key = `reply:${event}:${draft}:${occasion === 'changed' ? `changed-${version}` : occasion}`
  if (await it.office.get(sentId(key))) return
  const queuedAt = it.now()
  const about = { key, event, kind: 'reply', draft, occasion } as const
  const mail: Outgoing = {
    _id: outgoingId(key),
    type: 'outgoing',
    ...about,
    state: 'waiting',
    queuedAt,
    nextAt: queuedAt,
    tries: 0,
  }
  // One that waits already is the same.
  await it.office.put(mail as CouchDoc)
}
