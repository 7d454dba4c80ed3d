import { createHash } from 'node:crypto'
import { type Caller, mayAuthor } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { type Bulk, type BulkDraft, bulk as bulkSchema } from '../../design-docs/disputes.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type Fact, type FactType, fact as factSchema } from '../../design-docs/facts.ts'
import { factId, subjectOf, ulid, ulidTime } from '../../design-docs/ids.ts'
import type { Role } from '../../design-docs/primitives.ts'
import type { Couch, CouchDoc } from '../couch/client.ts'
import { amendDoc } from '../login/office.ts'
import { serverClaim } from '../setup/server-claim.ts'
import { writeFactsOnce } from '../setup/write-facts-once.ts'
import { factsAbout, skipReason } from './decided-meanwhile.ts'

/**
 * So many check-ins at a call: a bar on screen moves, and a link that breaks costs little. Smaller steps take longer in
 * all, since the second one waits for what the functions make of the first.
 */
const stepSize = 500
export const bulkId = (id: string) => `bulk:${id}`
type Asked = { event: string; id: string; author: Caller; nowMs: number }

/** Takes a bulk down before anything of it is done. The same one again changes nothing. */
export async function startBulk(
  couch: Couch,
  draft: BulkDraft,
  { event, author, nowMs }: Omit<Asked, 'id'>,
): Promise<Bulk> {
  const { id, ...rest } = draft
  const desk = couch.database(databaseName(event, 'desk'))
  const made: Bulk = {
    _id: bulkId(id),
    type: 'bulk',
    event,
    by: author.account,
    as: judgeRole(author),
    at: nowMs,
    ...rest,
    next: 0,
    skipped: [],
  }
  await desk.put(made as CouchDoc)
  return await readBulk(couch, event, id)
}

/**
 * Works off the next check-ins of a bulk, each into a review whose id is made of the bulk and the check-in: done twice
 * it is written once. What a person decided on since it was looked at, or what was taken back, is passed over and named.
 */
export async function runBulk(couch: Couch, asked: Asked): Promise<Bulk> {
  const { event, id } = asked
  const found = await readBulk(couch, event, id)
  if (found.undo || found.next >= found.items.length) return found
  const step = found.items.slice(found.next, found.next + stepSize)
  const known = await factsAbout(couch, event, step)
  const skipped = step.flatMap((item) => {
    const why = skipReason(known, item, reviewId(id, item.checkin))
    return why ? [{ checkin: item.checkin, why }] : []
  })
  const passed = new Set(skipped.map(({ checkin }) => checkin))
  const { action, comment } = found
  const reviews = step
    .filter(({ checkin }) => !passed.has(checkin))
    .map(({ checkin }) =>
      authored('review', asked, {
        _id: reviewId(id, checkin),
        team: subjectOf(checkin),
        checkin,
        action,
        ...(comment && { comment }),
      }),
    )
  await writeFactsOnce(couch, event, reviews)
  return await amend(couch, asked, (now) =>
    now.next === found.next ? { ...now, next: found.next + step.length, skipped: [...now.skipped, ...skipped] } : null,
  )
}

/** Takes back the next reviews of a bulk: what stood before them stands again, and what came after them stays. */
export async function undoBulk(couch: Couch, asked: Asked): Promise<Bulk> {
  const { event, id, author, nowMs } = asked
  const found = await amend(couch, asked, (now) =>
    now.undo ? null : { ...now, undo: { by: author.account, at: nowMs, next: 0 } },
  )
  const from = found.undo?.next ?? 0
  if (from >= found.next) return found
  const step = found.items.slice(from, Math.min(from + stepSize, found.next))
  const passed = new Set(found.skipped.map(({ checkin }) => checkin))
  const voids = step
    .filter(({ checkin }) => !passed.has(checkin))
    .map(({ checkin }) =>
      authored('void', asked, {
        _id: factId(subjectOf(checkin), 'void', derived(id, `void ${checkin}`)),
        team: subjectOf(checkin),
        fact: reviewId(id, checkin),
        reason: 'bulk undone',
      }),
    )
  await writeFactsOnce(couch, event, voids)
  return await amend(couch, asked, (now) =>
    now.undo?.next === from ? { ...now, undo: { ...now.undo, next: from + step.length } } : null,
  )
}

/** Every bulk of the event, the newest first. */
export async function bulksOf(couch: Couch, event: string): Promise<Bulk[]> {
  const rows = await couch
    .database(databaseName(event, 'desk'))
    .all({ startkey: bulkId('\uffff'), endkey: bulkId(''), descending: true, includeDocs: true, limit: 50 })
  return rows.flatMap(({ doc }) => (doc ? [bulkSchema.parse(doc)] : []))
}

async function readBulk(couch: Couch, event: string, id: string): Promise<Bulk> {
  const found = await couch.database(databaseName(event, 'desk')).get(bulkId(id))
  if (!found) throw new AppError('ZK-PLAN-004', { figures: { bulk: id } })
  return bulkSchema.parse(found)
}

async function amend(couch: Couch, { event, id }: Asked, change: (now: Bulk) => Bulk | null): Promise<Bulk> {
  const desk = couch.database(databaseName(event, 'desk'))
  const amended = await amendDoc(desk, bulkId(id), { schema: bulkSchema, change: (now) => now && change(now) })
  if (!amended) throw new AppError('ZK-PLAN-004', { figures: { bulk: id } })
  return amended
}

/** A ulid with the bulk's own time, the same for the same bulk and words. */
const derived = (id: string, text: string) =>
  ulid(ulidTime(id), new Uint8Array(createHash('sha256').update(`${id} ${text}`).digest().subarray(0, 10)))
const reviewId = (id: string, checkin: string) => factId(subjectOf(checkin), 'review', derived(id, checkin))

function authored(type: FactType, { event, author, nowMs }: Asked, content: Record<string, unknown>): Fact {
  const claim = { ...serverClaim(event, nowMs), by: author.account, as: judgeRole(author), device: author.device }
  return factSchema.parse({ type, ...claim, ...content })
}

function judgeRole({ roles }: Caller): Role {
  const as = (['admin', 'judge'] as const).find((role) => roles.includes(role) && mayAuthor(role, 'review', '1', []))
  if (!as) throw new AppError('ZK-AUTH-002')
  return as
}
