import { entrant } from '../../design-docs/entry.ts'
import { type Outgoing, outgoingId, sentId } from '../../design-docs/mail.ts'
import { type Mailing, mailing as mailingSchema } from '../../design-docs/stations.ts'
import type { CouchDoc } from '../couch/client.ts'
import { isNumbered } from '../entry/entrants.ts'
import { forgottenTeams } from '../forget/forgotten-teams.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDocs } from '../login/office.ts'

const batch = 200

/**
 * Makes an outgoing mail of each entry that a new mailing is for. The ids are made of mailing and entry, so doing it
 * again after a crash adds what is missing and nothing twice.
 */
export async function expandMailings(it: Installation): Promise<void> {
  const waiting = (await readDocs(it.office, 'mailing', mailingSchema)).filter(({ state }) => state === 'expanding')
  for (const mailing of waiting) {
    const mails = await mailsOf(it, mailing)
    for (let at = 0; at < mails.length; at += batch) await queueNew(it, mails.slice(at, at + batch))
    await amendDoc<Mailing>(it.office, mailing._id, {
      schema: mailingSchema,
      change: (found) => (found?.state === 'expanding' ? { ...found, state: 'queued', mails: mails.length } : null),
    })
  }
}

/** Whom a mailing is for: entries that have their number and were neither withdrawn nor forgotten, in the classes that were chosen. */
export async function recipientsOf(it: Installation, { event, classIds }: Pick<Mailing, 'event' | 'classIds'>) {
  const [found, forgotten] = await Promise.all([
    readDocs(it.office, `entrant:${event}`, entrant),
    forgottenTeams(it, event),
  ])
  const entrants = found.filter(isNumbered).filter(({ number }) => !forgotten.has(number))
  return entrants.filter(
    ({ withdrawnAt, entry }) =>
      withdrawnAt === undefined && (classIds.length === 0 || entry.classIds.some((id) => classIds.includes(id))),
  )
}

async function mailsOf(it: Installation, mailing: Mailing): Promise<Outgoing[]> {
  return (await recipientsOf(it, mailing)).map(({ draft }): Outgoing => {
    const key = `mailing:${mailing.id}:${draft}`
    return {
      _id: outgoingId(key),
      type: 'outgoing',
      key,
      event: mailing.event,
      kind: 'mailing',
      draft,
      occasion: 'mailing',
      state: 'waiting',
      queuedAt: mailing.createdAt,
      nextAt: mailing.createdAt,
      tries: 0,
      mailing: mailing.id,
    }
  })
}

async function queueNew(it: Installation, mails: readonly Outgoing[]): Promise<void> {
  const sent = new Set((await it.office.all({ keys: mails.map(({ key }) => sentId(key)) })).map(({ id }) => id))
  // One that waits already is the same.
  await it.office.bulk(mails.filter(({ key }) => !sent.has(sentId(key))).map((mail) => mail as CouchDoc))
}
