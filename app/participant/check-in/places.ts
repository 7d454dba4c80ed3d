import type { Card, CardRow } from '../../../design-docs/derived.ts'
import type { CheckpointDoc } from '../../../design-docs/plan.ts'
import type { Position } from '../../../design-docs/primitives.ts'
import { distanceMeters } from '../../../functions/rules/distance.ts'

/** A checkpoint as the team stands to it. */
export type ReachablePlace = {
  checkpoint: CheckpointDoc
  /** Null while the phone does not know where it is. */
  distanceMeters: number | null
  /** The check-in that counts there, own unsent ones included. */
  row: CardRow | null
}

/**
 * Where a team can check itself in: those still to visit before those done, the nearest first, by number where nothing is
 * known. Staffed ones are left to staff; cancelled ones are gone.
 */
export function reachablePlaces(
  checkpoints: Iterable<CheckpointDoc>,
  card: Pick<Card, 'checkpoints'>,
  position: Pick<Position, 'lat' | 'lng'> | null,
): ReachablePlace[] {
  const rows = new Map(card.checkpoints.map((row) => [row.checkpoint, row]))
  return [...checkpoints]
    .filter(({ kind, cancelled }) => kind !== 'staffed' && !cancelled)
    .map((checkpoint) => ({
      checkpoint,
      distanceMeters: position && distanceMeters(position, checkpoint),
      row: rows.get(checkpoint.number) ?? null,
    }))
    .sort(byNearness)
}

function byNearness(one: ReachablePlace, other: ReachablePlace): number {
  const visited = Number(one.row !== null) - Number(other.row !== null)
  const nearer = (one.distanceMeters ?? 0) - (other.distanceMeters ?? 0)
  const numbers = one.checkpoint.number.localeCompare(other.checkpoint.number, 'en', { numeric: true })
  return visited || nearer || numbers
}
