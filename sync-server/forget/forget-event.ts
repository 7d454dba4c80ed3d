import { createHash } from 'node:crypto'
import { parseDatabaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type ForgetReport, type Forgotten, forgotten, forgottenId } from '../../design-docs/forgetting.ts'
import { sentMail } from '../../design-docs/mail.ts'
import { readAudit } from '../audit/read-audit.ts'
import type { Couch, CouchDoc, Database } from '../couch/client.ts'
import type { Storage } from '../images/storage.ts'
import { amendDoc, readDocs, writeAudit } from '../login/office.ts'
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
/** All of an event that lies anywhere here. */
type Found = { names: string[]; records: string[][]; changes: OfficeChange[]; files: string[]; mails: string[] }

/** What was under way when the doors closed may still come to its end, and write. */
const mostRounds = 5

/** What would go now. */
export async function previewForget(it: Forgetting, event: string): Promise<ForgetReport> {
  return await reportOf(it, { event, dryRun: true, found: await findAll(it, event) })
}

/**
 * Deletes an event with everything in it: its databases, its documents in the office, its files and mails. Nobody may
 * write to it any more. Broken off, it is done again: what was there when it began is listed before anything goes, and
 * `forgotten:<event>` says how far it is.
 */
export async function forgetEvent(it: Forgetting, event: string): Promise<ForgetReport> {
  const { office } = it
  let found = await findAll(it, event)
  const report = await listed(it, { event, found })
  for (let round = 0; sizeOf(found) > 0 && round < mostRounds; round++) {
    await removeAll(it, found)
    found = await findAll(it, event)
  }
  if (sizeOf(found) > 0) throw new AppError('ZK-SYS-002', { figures: { event } })
  // Deleted documents lie in the file until it is rewritten.
  await compactNow(it.couch, office.name)
  const { counts, digest, previous } = report
  const state = await amendForgotten(it, event, (doc) => ({ ...doc, state: 'done', report }))
  const details = { counts, digest, previous, ...(state.agreed && { agreed: state.agreed }) }
  await writeAudit(office, it.now(), { by: report.by, action: 'event-forgotten', about: event, details })
  return report
}

/** What came late from a process that did not know yet, of events that are forgotten already. Answers how many documents. */
export async function sweepForgotten(it: Forgetting): Promise<number> {
  const done = (await readDocs(it.office, 'forgotten', forgotten)).filter(({ state }) => state === 'done')
  let count = 0
  for (const { code } of done) {
    const found = await findAll(it, code)
    count += sizeOf(found)
    await removeAll(it, found)
  }
  if (count > 0) await compactNow(it.couch, it.office.name)
  return count
}

/** The report of what was there when the deletion began; one that was broken off keeps its own. */
async function listed(it: Forgetting, { event, found }: { event: string; found: Found }): Promise<ForgetReport> {
  const before = await it.office.get(forgottenId(event))
  if (before?.state === 'deleting' && before.report) return forgotten.parse(before).report as ForgetReport
  if (sizeOf(found) === 0) throw new AppError('ZK-PLAN-004', { figures: { event } })
  const report = await reportOf(it, { event, dryRun: false, found })
  await amendForgotten(it, event, (doc) => ({ ...doc, state: 'deleting', report }))
  return report
}

/** Closes the doors of an event for ever; the phones that come are told to let go of it. */
export async function closeDoors(
  it: Pick<Forgetting, 'office' | 'now'>,
  event: string,
  agreed?: Forgotten['agreed'],
): Promise<void> {
  await amendForgotten(it, event, (doc) => ({ ...doc, ...(agreed && { agreed }) }))
}

async function amendForgotten(
  { office, now }: Pick<Forgetting, 'office' | 'now'>,
  event: string,
  change: (doc: Forgotten) => Forgotten,
): Promise<Forgotten> {
  const _id = forgottenId(event)
  const doc = await amendDoc(office, _id, {
    schema: forgotten,
    change: (found) => change(found ?? { _id, type: 'forgotten', code: event, state: 'closing', since: now() }),
  })
  if (!doc) throw new AppError('ZK-SYS-002', { figures: { id: _id } })
  return doc
}

async function findAll({ couch, office, storage }: Forgetting, event: string): Promise<Found> {
  const names = (await couch.names()).filter((name) => parseDatabaseName(name)?.event === event)
  const rows = await office.all({ includeDocs: true })
  const changes = withoutEvent(
    rows.flatMap(({ doc }) => doc ?? []),
    event,
  )
  const files = await storage.list(`${event}/`)
  const mails = changes.flatMap(({ doc }) => sentMail.safeParse(doc).data?.messageId ?? [])
  const records = await Promise.all(names.map(async (name) => (await couch.database(name).all()).map(({ id }) => id)))
  return { names, records, changes, files, mails }
}

const sizeOf = ({ names, changes, files }: Found) => names.length + changes.length + files.length

async function removeAll({ couch, office, storage, mailbox }: Forgetting, found: Found): Promise<void> {
  for (const file of found.files) await storage.delete(file)
  for (const messageId of found.mails) await mailbox.remove(messageId)
  for (const name of found.names) await couch.drop(name)
  await write(office, found.changes)
}

/** What somebody else changed meanwhile is found again in the next round. */
async function write(office: Database, changes: readonly OfficeChange[]): Promise<void> {
  const rows = await office.bulk(
    changes.map(({ doc, left }): CouchDoc => left ?? { _id: doc._id, _rev: doc._rev, _deleted: true }),
  )
  const failed = rows.find(({ error }) => error !== undefined && error !== 'conflict')
  if (failed) throw new AppError('ZK-SYS-002', { figures: { id: failed.id } })
}

type Report = { event: string; dryRun: boolean; found: Found }

async function reportOf(it: Forgetting, { event, dryRun, found }: Report): Promise<ForgetReport> {
  if (sizeOf(found) === 0) throw new AppError('ZK-PLAN-004', { figures: { event } })
  const { names, records, changes, files, mails } = found
  const ids = [
    ...names.flatMap((name, index) => (records[index] ?? []).map((id) => `${name}/${id}`)),
    ...changes.map(({ doc }) => doc._id),
    ...files,
    ...mails,
  ]
  const digest = sha256([...ids].sort().join('\n'))
  return {
    event,
    at: it.now(),
    by: it.by,
    dryRun,
    counts: countsOf(found),
    digest,
    previous: await lastForgotten(it.office),
  }
}

/** Hash of the line about what was forgotten last, so that each proof names the one before. */
export async function lastForgotten(office: Database): Promise<string> {
  const proofs = ['event-forgotten', 'team-forgotten']
  const lines = (await readAudit(office)).filter(({ action }) => proofs.includes(action))
  const line = lines.at(-1)
  return line ? sha256(JSON.stringify(line)) : ''
}

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
