import { hash } from 'node:crypto'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { snapshotId } from '../../design-docs/ids.ts'
import {
  type SnapshotDoc,
  type SnapshotLine,
  type SnapshotOccasion,
  snapshotLine,
  snapshot as snapshotSchema,
} from '../../design-docs/rankings.ts'
import { packRankings, scoringPlan } from '../../functions/rules/snapshot.ts'
import type { Couch } from '../couch/client.ts'
import type { DeskView } from '../results/desk-view.ts'

const lineFields = ['_id', 'at', 'by', 'name', 'occasion', 'hash', 'teamCount'] as const
const mostSnapshots = 500

/**
 * A range of ids, which needs no index. CouchDB compares here by the rules of languages, to which `;` comes before `:`;
 * ulids begin with a digit, and every digit comes before a letter in either order.
 */
export const snapshotRange = { _id: { $gt: snapshotId(''), $lt: snapshotId('a') } }

/** Every snapshot of an event in a line, the newest first; their rows are not read. */
export async function snapshotLines(couch: Couch, event: string): Promise<SnapshotLine[]> {
  const found = await couch.database(databaseName(event, 'desk')).find({
    selector: snapshotRange,
    fields: [...lineFields],
    limit: mostSnapshots,
  })
  const lines = found.map(({ _id, ...line }) => snapshotLine.parse({ ...line, id: _id.slice(snapshotId('').length) }))
  return lines.sort((one, other) => (one.id < other.id ? 1 : -1))
}

/** A whole snapshot; ZK-PLAN-004 when there is none of that id. */
export async function readSnapshot(couch: Couch, event: string, id: string): Promise<SnapshotDoc> {
  const found = await couch.database(databaseName(event, 'desk')).get(snapshotId(id))
  if (!found) throw new AppError('ZK-PLAN-004', { figures: { snapshot: id } })
  return snapshotSchema.parse(found)
}

export const lineOf = ({ _id, at, by, name, occasion, hash, teamCount }: SnapshotDoc): SnapshotLine => ({
  id: _id.slice(snapshotId('').length),
  at,
  by,
  name,
  occasion,
  hash,
  teamCount,
})

type Wish = { by: string; name: string; occasion: SnapshotOccasion; nowMs: number; ulid: string }

/**
 * All rankings as they stand, kept. Where the newest snapshot says the same already and nobody gives this one a name,
 * that one is answered: looking twice before publishing makes no second.
 */
export async function takeSnapshot(couch: Couch, view: DeskView, wish: Wish): Promise<SnapshotLine> {
  const doc = snapshotOf(view, wish)
  const [newest] = await snapshotLines(couch, doc.event)
  if (newest?.hash === doc.hash && wish.name === '') return newest
  const rev = await couch.database(databaseName(doc.event, 'desk')).put(doc)
  if (rev === null) throw new AppError('ZK-PLAN-001')
  return lineOf(doc)
}

/** The snapshot of this moment, not kept. */
export function snapshotOf(view: DeskView, { by, name, occasion, nowMs, ulid }: Wish): SnapshotDoc {
  const { event, checkpoints } = view
  if (!event) throw new AppError('ZK-PLAN-004')
  const packed = packRankings(view.cards.values(), event)
  return {
    _id: snapshotId(ulid),
    type: 'snapshot',
    event: event.code,
    at: nowMs,
    by,
    name,
    occasion,
    hash: hash('sha256', JSON.stringify([packed.teams, packed.rankings, packed.overall])),
    teamCount: packed.teams.length,
    plan: scoringPlan({ event, checkpoints }),
    ...packed,
  }
}
