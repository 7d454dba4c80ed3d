import { randomBytes } from 'node:crypto'
import { ulid } from '../../design-docs/ids.ts'
import { type Outgoing, outgoing, outgoingId, type SentMail, sentId } from '../../design-docs/mail.ts'
import type { PostLine, PostLog } from '../../design-docs/stations.ts'
import type { CouchDoc, Database } from '../couch/client.ts'
import { readDoc } from '../login/office.ts'
import { mostTries, pauseMsAfter } from './mail-rules.ts'
import type { News } from './stations.ts'
import type { Tried } from './try-mail.ts'
import { messageIdOf } from './written-mail.ts'

/** A try that is over and has yet to be written down. */
export type Done = { mail: Outgoing; tried: Tried; at: number; line: PostLine }

/** The mail after a try that did not send it: it waits longer each time, and in the end for a person. */
export function putOff(mail: Outgoing, { mail: judged, error = '' }: Tried, now: number): Outgoing {
  const tries = mail.tries + 1
  const isParked = judged === 'park' || tries >= mostTries || mail.kind === 'test'
  return {
    ...mail,
    tries,
    state: isParked ? 'parked' : 'waiting',
    nextAt: now + pauseMsAfter(mail.kind, tries),
    error: error.slice(0, 500),
  }
}

/** The documents that a finished try leaves: none where the mail simply goes on waiting. */
export function docsOf({ mail, tried, at }: Done, domain: string): CouchDoc[] {
  const removed = { _id: mail._id, _rev: mail._rev, _deleted: true }
  switch (tried.mail) {
    case 'sent': {
      const { key, event, kind, draft, occasion, queuedAt, tries } = mail
      const about = { key, event, kind, draft, occasion, queuedAt, tries: tries + 1 }
      const messageId = messageIdOf(key, domain)
      const sent: SentMail = { _id: sentId(key), type: 'sent', ...about, sentAt: at, messageId }
      return [sent as CouchDoc, removed]
    }
    case 'gone':
      return [removed]
    case 'again':
    case 'park':
      return [putOff(mail, tried, at) as CouchDoc]
    case 'waiting':
      return mail.kind === 'test' ? [putOff(mail, tried, at) as CouchDoc] : []
  }
}

/** One document for all lines of a round. */
export function logOf(lines: PostLine[], now: number): CouchDoc[] {
  if (lines.length === 0) return []
  const doc: PostLog = { _id: `post-log:${ulid(now, randomBytes(10))}`, type: 'post-log', lines }
  return [doc as CouchDoc]
}

/** One mail to each admin who is to be told of a station. */
export function noticesOf(
  { desk, is, reason }: News,
  to: readonly string[],
  about: { event: string; now: number },
): Outgoing[] {
  const { id, name } = desk.station
  return to.map((address): Outgoing => {
    const key = `notice:${id}:${is}:${about.now}:${address}`.slice(0, 200)
    return {
      _id: outgoingId(key),
      type: 'outgoing',
      key,
      event: about.event,
      kind: 'notice',
      draft: ulid(about.now, randomBytes(10)),
      occasion: 'station',
      state: 'waiting',
      queuedAt: about.now,
      nextAt: about.now,
      tries: 0,
      to: address,
      station: id,
      news: { name, is, reason },
    }
  })
}

/** Takes away a mail that changed while it was under way; what was sent stays sent. */
export async function removeMail(office: Database, key: string): Promise<void> {
  for (let round = 0; round < 5; round++) {
    const found = await readDoc(office, outgoingId(key), outgoing)
    if (!found) return
    const [row] = await office.bulk([{ _id: found._id, _rev: found._rev, _deleted: true }])
    if (row?.ok) return
  }
}
