import type { Ranking } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { snapshotId } from '../../design-docs/ids.ts'
import type { SnapshotDoc } from '../../design-docs/rankings.ts'
import { rankingsOf } from '../../functions/rules/publication.ts'
import { unpackRanking } from '../../functions/rules/snapshot.ts'
import type { Couch } from '../couch/client.ts'
import { readPublication } from '../rankings/publication.ts'
import { readSnapshot } from '../rankings/snapshots.ts'
import type { DeskView } from '../results/desk-view.ts'

/**
 * Rankings by class, and over all where they were kept: the live ones, those of a snapshot, or what the public sees of
 * each. ZK-PLAN-004 where there is no such snapshot, or nothing is published.
 */
export async function rankingsAsked(
  couch: Couch,
  { event, rankings }: Pick<DeskView, 'event' | 'rankings'>,
  asked: string | undefined,
): Promise<ReadonlyMap<string, Ranking>> {
  if (asked === undefined || !event) return rankings
  const classes = rankingsOf(event)
  if (asked !== 'published') {
    const snapshot = await readSnapshot(couch, event.code, asked)
    return unpacked(classes.map((classId) => ({ classId, snapshot })))
  }
  const publication = await readPublication(couch, event.code)
  const shown = classes.flatMap((classId) => {
    const standing = publication?.classes[classId]
    const isShown = standing?.state === 'published' || standing?.state === 'reopened'
    return isShown ? [{ classId, id: standing.snapshot.slice(snapshotId('').length) }] : []
  })
  if (shown.length === 0) throw new AppError('ZK-PLAN-004', { figures: { snapshot: asked } })
  const ids = [...new Set(shown.map(({ id }) => id))]
  const read = await Promise.all(ids.map(async (id) => [id, await readSnapshot(couch, event.code, id)] as const))
  const snapshots = new Map(read)
  return unpacked(shown.map(({ classId, id }) => ({ classId, snapshot: snapshots.get(id)! })))
}

function unpacked(kept: readonly { classId: string; snapshot: SnapshotDoc }[]): Map<string, Ranking> {
  return new Map(
    kept.flatMap(({ classId, snapshot }) => {
      const ranking = unpackRanking(snapshot, classId)
      return ranking ? [[classId, ranking] as const] : []
    }),
  )
}
