import { AppError, type ErrorCode, errorTable } from '../../design-docs/errors.ts'
import type { ArrivalFact, Redaction } from '../../design-docs/facts.ts'
import { auditRecorded } from '../audit/recorded-facts.ts'
import type { BulkRow, CouchDoc, Database } from '../couch/client.ts'
import { forgottenTeams } from '../forget/forgotten-teams.ts'
import { countLate, redactLate } from '../forget/redact-late.ts'
import type { Installation } from '../login/installation.ts'
import { type Arrival, arrivalsOf } from './arrivals-of.ts'
import { type Checked, checkFact, type PushedFact, type Pusher } from './check-fact.ts'

export type Refusal = Extract<Checked, { ok: false }>
export type Push = {
  log: Database
  docs: readonly unknown[]
  pusher: Pusher
  clock: ArrivalFact['clock'] | null
  receivedAt?: number
  /** Whether this one is not too much; all are taken when absent. */
  admits?(fact: PushedFact): boolean
  /** Who brings them in the device's stead. */
  carrier?: ArrivalFact['carrier']
  /** Writes what passed, and its arrivals, in one go; facts under the sender's own rights, so that the database checks once more. */
  forward(docs: readonly (PushedFact | Arrival)[]): Promise<BulkRow[]>
}

/**
 * Takes facts into the log and answers those that were turned away. What is already there under the same revision is
 * taken in silence; under another it is refused, which only this door can see.
 */
export async function pushFacts(
  it: Installation,
  push: Push,
): Promise<{ written: PushedFact[]; known: PushedFact[]; refused: Refusal[] }> {
  const { log, docs, pusher, clock, receivedAt, carrier, forward } = push
  const { fresh, known, refused } = await sortFacts(log, docs, push)
  if (fresh.length === 0) return { written: [], known, refused }

  const { whole, redacted } = redactLate(it, fresh, await forgottenTeams(it, pusher.event))
  await auditRecorded(it.office, it.now(), whole)
  // Together, so that no crash comes between: a known fact without an arrival would never be offered a second time.
  const arrivals = arrivalsOf(it, { event: pusher.event, facts: fresh, clock, receivedAt, carrier })
  const rows = (await forward([...arrivals, ...whole])).filter((row) => row.error)
  const broken = rows.find((row) => row.error !== 'forbidden' && row.error !== 'unauthorized')
  // Not the document's fault: the phone keeps it and comes again.
  if (broken) throw new AppError('ZK-SYS-002', { figures: { id: broken.id, error: broken.error } })
  const denied = new Map(rows.map((row) => [row.id, codeIn(row.reason)]))
  const unwritten = arrivals.filter(({ _id }) => denied.has(_id))
  if (unwritten.length > 0) await writeByServer(log, unwritten)
  if (redacted.length > 0) await writeByServer(log, redacted)
  await countLate(it, pusher.event, redacted)
  for (const { _id, _rev } of whole) {
    const code = denied.get(_id)
    if (code) refused.push({ ok: false, id: _id, rev: _rev, code })
  }
  return { written: fresh.filter(({ _id }) => !denied.has(_id)), known, refused }
}

/** What a push would come to, without writing it: new here, here already, turned away. */
export async function sortFacts(
  log: Database,
  docs: readonly unknown[],
  { pusher, admits = () => true }: Pick<Push, 'pusher' | 'admits'>,
): Promise<{ fresh: PushedFact[]; known: PushedFact[]; refused: Refusal[] }> {
  const checked = docs.map((doc) => checkFact(doc, pusher))
  const refused = checked.filter((one): one is Refusal => !one.ok)
  const facts = checked.flatMap((one) => (one.ok ? [one.fact] : []))
  const there = await revisionsOf(log, facts)
  const fresh: PushedFact[] = []
  const known: PushedFact[] = []
  for (const fact of facts) {
    const rev = there.get(fact._id)
    if (rev === undefined && !admits(fact))
      refused.push({ ok: false, id: fact._id, rev: fact._rev, code: 'ZK-FACT-004' })
    else if (rev === undefined) {
      there.set(fact._id, fact._rev)
      fresh.push(fact)
    } else if (rev === fact._rev) known.push(fact)
    else refused.push({ ok: false, id: fact._id, rev: fact._rev, code: 'ZK-GATE-006' })
  }
  return { fresh, known, refused }
}

async function revisionsOf(log: Database, facts: readonly PushedFact[]): Promise<Map<string, string>> {
  if (facts.length === 0) return new Map()
  const rows = await log.all({ keys: facts.map(({ _id }) => _id) })
  // A deleted fact, which nobody can make, counts as another revision of it.
  const revisions = new Map(rows.map((row) => [row.id, row.deleted ? 'deleted' : row.rev]))
  const rewritten = rows.flatMap(({ id, rev }) => (rev.startsWith('1-') ? [] : [id]))
  if (rewritten.length === 0) return revisions
  // A redacted one is known by the revision that came.
  for (const { id, doc } of await log.all({ keys: rewritten, includeDocs: true })) {
    const { rev } = (doc?.redacted ?? {}) as Partial<Redaction>
    if (rev !== undefined) revisions.set(id, rev)
  }
  return revisions
}

/** What no device may write, and arrivals where the database's validator is older than this program. */
async function writeByServer(log: Database, docs: readonly CouchDoc[]): Promise<void> {
  const [failed] = (await log.bulk(docs, { newEdits: false })).filter((row) => row.error)
  if (failed) throw new AppError('ZK-SYS-002', { figures: { id: failed.id, error: failed.error } })
}

/** The second wall answers with the product's codes. */
function codeIn(reason: string | undefined): ErrorCode {
  return reason !== undefined && Object.hasOwn(errorTable, reason) ? (reason as ErrorCode) : 'ZK-AUTH-002'
}
