import { createHash } from 'node:crypto'
import { audit } from '../../design-docs/audit.ts'
import { parseDatabaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { sentMail } from '../../design-docs/mail.ts'
import type { Couch, CouchDoc, Database } from '../couch/client.ts'
import type { Storage } from '../images/storage.ts'
import { readDocs, writeAudit } from '../login/office.ts'
import type { Mailbox } from '../post/mailbox.ts'
import { compactNow } from './compact-now.ts'
import { type OfficeChange, withoutEvent } from './without-event.ts'

export type Forgetting = {
  couch: Couch
  office: Database
  storage: Storage
  mailbox: Mailbox
  now(): number
  by: string
}
/** What is deleted, or would be: how much of each kind, and a digest of all its ids, by which a list can be compared. */
export type ForgetReport = {
  event: string
  at: number
  by: string
  dryRun: boolean
  counts: Record<string, number>
  /** SHA-256 over the ids of everything that went, sorted, one a line. */
  digest: string
  /** SHA-256 of the line about the event that was forgotten before this one; empty for the first. */
  previous: string
}

/**
 * Deletes an event with everything in it: its databases, its documents in the office, its files and mails. Nothing else
 * may be at work in this data meanwhile. Broken off, it is done again; the list of events is the last to go.
 */
export async function forgetEvent(
  it: Forgetting,
  { event, dryRun }: { event: string; dryRun: boolean },
): Promise<ForgetReport> {
  const { couch, office, storage, mailbox, now, by } = it
  const names = (await couch.names()).filter((name) => parseDatabaseName(name)?.event === event)
  const rows = await office.all({ includeDocs: true })
  const changes = withoutEvent(
    rows.flatMap(({ doc }) => doc ?? []),
    event,
  )
  const files = await storage.list(`${event}/`)
  const mails = changes.flatMap(({ doc }) => sentMail.safeParse(doc).data?.messageId ?? [])
  if (names.length + changes.length + files.length === 0) throw new AppError('ZK-PLAN-004', { figures: { event } })

  const records = await Promise.all(names.map(async (name) => (await couch.database(name).all()).map(({ id }) => id)))
  const ids = [
    ...names.flatMap((name, index) => (records[index] ?? []).map((id) => `${name}/${id}`)),
    ...changes.map(({ doc }) => doc._id),
    ...files,
    ...mails,
  ]
  const report: ForgetReport = {
    event,
    at: now(),
    by,
    dryRun,
    counts: countsOf({ names, records, changes, files, mails }),
    digest: sha256([...ids].sort().join('\n')),
    previous: await lastForgotten(office),
  }
  if (dryRun) return report

  for (const file of files) await storage.delete(file)
  for (const messageId of mails) await mailbox.remove(messageId)
  for (const name of names) await couch.drop(name)
  const [listed, others] = [changes.filter(isListing), changes.filter((change) => !isListing(change))]
  await write(office, others)
  await write(office, listed)
  // Deleted documents lie in the file until it is rewritten.
  await compactNow(couch, office.name)
  const { counts, digest, previous } = report
  await writeAudit(office, now(), {
    by,
    action: 'event-forgotten',
    about: event,
    details: { counts, digest, previous },
  })
  return report
}

const isListing = ({ doc }: OfficeChange) => doc.type === 'registered-event'

async function write(office: Database, changes: readonly OfficeChange[]): Promise<void> {
  const rows = await office.bulk(
    changes.map(({ doc, then }): CouchDoc => then ?? { _id: doc._id, _rev: doc._rev, _deleted: true }),
  )
  const failed = rows.find(({ error }) => error !== undefined)
  if (failed) throw new AppError('ZK-SYS-002', { figures: { id: failed.id } })
}

async function lastForgotten(office: Database): Promise<string> {
  const lines = (await readDocs(office, 'audit', audit)).filter(({ action }) => action === 'event-forgotten')
  const last = lines.at(-1)
  return last ? sha256(JSON.stringify(last)) : ''
}

type Found = { names: string[]; records: string[][]; changes: OfficeChange[]; files: string[]; mails: string[] }

function countsOf({ names, records, changes, files, mails }: Found): Record<string, number> {
  const counts: Record<string, number> = { databases: names.length, files: files.length, mails: mails.length }
  for (const [index, name] of names.entries()) {
    const kind = `documents of ${parseDatabaseName(name)?.kind ?? 'none'}`
    counts[kind] = (counts[kind] ?? 0) + (records[index]?.length ?? 0)
  }
  for (const { doc } of changes) {
    const kind = `${doc.type ?? 'other'} in the office`
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
