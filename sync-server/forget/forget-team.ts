import { createHash } from 'node:crypto'
import { type DatabaseKind, databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type ForgetReport, type ForgottenTeam, forgottenTeam, forgottenTeamId } from '../../design-docs/forgetting.ts'
import { sentMail } from '../../design-docs/mail.ts'
import { noteAudited } from '../audit/request-audit.ts'
import type { CouchDoc, Database, Stored } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, writeAudit } from '../login/office.ts'
import { compactNow } from './compact-now.ts'
import { type Forgetting, lastForgotten } from './forget-event.ts'
import { readForgottenTeams } from './forgotten-teams.ts'
import { bundlesWith, filesOf, uploadsOf } from './team-files.ts'
import { changesOfDesk } from './team-in-desk.ts'
import { isComputed } from './team-is-computed.ts'
import { freezeClasses, type OfTeam, recordsOfPeople, redactRecords, type TeamRecord } from './team-records.ts'
import type { OfficeChange } from './without-event.ts'
import { withoutTeam } from './without-team.ts'

export type TeamForgetting = Forgetting & {
  keys: Installation['keys']
  /** Resolves when the functions have worked off what was written, or have had long enough for it. */
  caughtUp(): Promise<void>
}
type Parts = Omit<TeamForgetting, 'caughtUp'>
/** All that lies anywhere here of a team's people. */
type Found = {
  records: TeamRecord[]
  desk: OfficeChange[]
  office: OfficeChange[]
  files: string[]
  mails: string[]
}

const mostRounds = 5
const atOnce = 500

/** What would go now; ZK-PLAN-004 where there is no such team. */
export async function previewForgetTeam(it: Parts, about: OfTeam): Promise<ForgetReport> {
  await demandTeam(it, about)
  return await reportOf(it, about, { dryRun: true, found: await findTeam(it, about) })
}

/** An admin agreed, or an operator said so: the team's doors are closed from now on, for ever. */
export async function closeTeam(it: Parts, { event, team }: OfTeam): Promise<void> {
  await demandTeam(it, { event, team })
  let isNew = false
  const now = it.now()
  await amendTeam(it, { event, team }, (found) => {
    isNew = found === null
    const _id = forgottenTeamId(event, team)
    const fresh = {
      _id,
      type: 'forgotten-team',
      event,
      team,
      state: 'closing',
      since: now,
      by: it.by,
      late: 0,
    } as const
    return found ?? fresh
  })
  if (isNew) await writeAudit(it.office, now, { by: it.by, action: 'team-forget-agreed', about: team, event })
  else noteAudited()
}

/**
 * Takes a team's people out of everything: records keep times and places alone, files, mails, entry, account and
 * whatever was kept aside go, and functions make mirrors and rankings anew without them. Every ranking stays as it was.
 * Broken off at any moment, it is done again; `forgotten-team:<event>:<number>` says how far it is.
 */
export async function forgetTeam(it: TeamForgetting, about: OfTeam): Promise<ForgetReport> {
  const { office } = it
  const { report, since } = await listed(it, about)
  await freezeClasses(it, about, since)
  for (let round = 0; ; round++) {
    if (round === mostRounds) throw new AppError('ZK-SYS-002', { figures: { team: about.team } })
    const found = await findTeam(it, about)
    if (sizeOf(found) === 0) break
    await removeAll(it, about, found)
    await amendTeam(it, about, (doc) => doc && { ...doc, state: 'tidying' })
    // A picture that was being made meanwhile is found in the next round.
    await it.caughtUp()
  }
  await it.caughtUp()
  if (!(await isComputed(it.couch, about))) throw new AppError('ZK-SYS-002', { figures: { team: about.team } })
  await compactAll(it, about.event, about.team)
  const { counts, digest, previous } = report
  const doneAt = it.now()
  let isNew = false
  await amendTeam(it, about, (doc) => {
    isNew = doc?.state !== 'done'
    return doc && { ...doc, state: 'done', doneAt }
  })
  const details = { counts, digest, previous }
  const line = { by: report.by, action: 'team-forgotten', about: about.team, event: about.event, details } as const
  if (isNew) await writeAudit(office, doneAt, line)
  return report
}

/** What came since from where no gateway is, of teams that are forgotten already. Answers how much. */
export async function sweepForgottenTeams(it: TeamForgetting): Promise<number> {
  let count = 0
  const done = (await readForgottenTeams(it)).filter(({ state }) => state === 'done')
  if (done.length === 0) return count
  // Once for all of them: it may be large.
  const docs = await officeDocs(it)
  for (const { event, team } of done) {
    const found = await findTeam(it, { event, team }, docs)
    if (sizeOf(found) === 0) continue
    count += sizeOf(found)
    await removeAll(it, { event, team }, found)
    const { length } = found.records
    await amendTeam(it, { event, team }, (doc) => doc && { ...doc, late: doc.late + length })
    await it.caughtUp()
    await compactAll(it, event, team)
  }
  return count
}

/** The report of what was there when it began, kept before anything goes. */
async function listed(it: Parts, about: OfTeam): Promise<{ report: ForgetReport; since: number }> {
  const fresh = await reportOf(it, about, { dryRun: false, found: await findTeam(it, about) })
  const doc = await amendTeam(it, about, (found) => {
    if (!found) throw new AppError('ZK-PLAN-004', { figures: { team: about.team } })
    return found.report ? null : { ...found, state: 'removing', report: { ...fresh, by: found.by } }
  })
  return { report: doc?.report ?? fresh, since: doc?.since ?? it.now() }
}

async function demandTeam({ couch }: Pick<Parts, 'couch'>, { event, team }: OfTeam): Promise<void> {
  const found = await couch
    .database(databaseName(event, 'log'))
    .all({ startkey: `${team}:`, endkey: `${team};`, limit: 1 })
    .catch(() => [])
  if (found.length === 0) throw new AppError('ZK-PLAN-004', { figures: { team } })
}

async function amendTeam(
  { office }: Pick<Parts, 'office'>,
  { event, team }: OfTeam,
  change: (doc: ForgottenTeam | null) => ForgottenTeam | null,
): Promise<ForgottenTeam | null> {
  return await amendDoc(office, forgottenTeamId(event, team), { schema: forgottenTeam, change })
}

const officeDocs = async ({ office }: Pick<Parts, 'office'>): Promise<Stored[]> =>
  (await office.all({ includeDocs: true })).flatMap(({ doc }) => doc ?? [])

async function findTeam(it: Parts, { event, team }: OfTeam, known?: readonly Stored[]): Promise<Found> {
  const { couch, office, now, by } = it
  const about = { event, team }
  const [records, uploads, bundles, docs] = await Promise.all([
    recordsOfPeople(couch, about),
    uploadsOf(couch, about),
    bundlesWith(office, about),
    known ?? officeDocs(it),
  ])
  const changes = withoutTeam(docs, { ...about, at: now(), by, bundles })
  const mails = changes.flatMap(({ doc }) => sentMail.safeParse(doc).data?.messageId ?? [])
  const unreadable = changes.flatMap(({ doc }) => (doc.type === 'unreadable' ? [String(doc.storageKey)] : []))
  const files = await filesOf(it, { ...about, uploads, bundles, unreadable })
  const desk = await changesOfDesk(couch, about, uploads)
  return { records, desk, office: changes, files, mails }
}

const sizeOf = ({ records, desk, office, files }: Found) => records.length + desk.length + office.length + files.length

/** What leads to other things goes after them, so that a second run finds them, too. */
async function removeAll(it: Parts, { event }: OfTeam, found: Found): Promise<void> {
  const { couch, office, storage, mailbox, by } = it
  for (const file of found.files) await storage.delete(file)
  for (const messageId of found.mails) await mailbox.remove(messageId)
  await write(couch.database(databaseName(event, 'desk')), found.desk)
  await write(office, found.office)
  await redactRecords(it, { event, by }, found.records)
}

/** What somebody else changed meanwhile is found again in the next round. */
async function write(database: Database, changes: readonly OfficeChange[]): Promise<void> {
  for (let start = 0; start < changes.length; start += atOnce) {
    const docs = changes
      .slice(start, start + atOnce)
      .map(({ doc, left }): CouchDoc => left ?? { _id: doc._id, _rev: doc._rev, _deleted: true })
    const failed = (await database.bulk(docs)).find(({ error }) => error !== undefined && error !== 'conflict')
    if (failed) throw new AppError('ZK-SYS-002', { figures: { id: failed.id } })
  }
}

/** Replaced bodies lie in the files until those are rewritten. */
async function compactAll({ couch, office }: Parts, event: string, team: string): Promise<void> {
  const shared: DatabaseKind[] = ['log', 'desk', 'board', 'roster', 'gate', 'figures']
  const names = [...shared.map((kind) => databaseName(event, kind)), databaseName(event, 'team', team)]
  for (const name of names) if (await couch.exists(name)) await compactNow(couch, name)
  await compactNow(couch, office.name)
}

async function reportOf(
  it: Parts,
  { event, team }: OfTeam,
  { dryRun, found }: { dryRun: boolean; found: Found },
): Promise<ForgetReport> {
  const { records, desk, office, files, mails } = found
  const counts: Record<string, number> = { files: files.length, mails: mails.length }
  const count = (kind: string, sum = 1) => {
    counts[kind] = (counts[kind] ?? 0) + sum
  }
  count('documents of log', records.length)
  count('documents of desk', desk.length)
  for (const { doc } of office) count(`${String(doc.type)} in the office`)
  const ids = [
    ...records.map(({ was }) => `log/${was._id} ${was._rev}`),
    ...desk.map(({ doc }) => `desk/${doc._id} ${doc._rev}`),
    ...office.map(({ doc }) => `${doc._id} ${doc._rev}`),
    ...files,
    ...mails,
  ]
  const digest = createHash('sha256').update(ids.sort().join('\n')).digest('hex')
  const previous = await lastForgotten(it.office)
  return { event, team, at: it.now(), by: it.by, dryRun, counts, digest, previous }
}
