import type { CheckpointDoc, EventRules } from '../../design-docs/plan.ts'
import { distanceMeters, type Place, shownMeters } from './distance.ts'

export type Nearest = { checkpoint: CheckpointDoc; distanceMeters: number; limitMeters: number; inside: boolean }

/**
 * The checkpoint at which a picture was taken, or the one that it missed least; null where the plan has none. Exactly
 * the radius away is inside. One that was cancelled gives way to any other that the picture is inside of.
 */
export function nearestCheckpoint(
  place: Place,
  checkpoints: Iterable<CheckpointDoc>,
  { radiusMeters }: Pick<EventRules, 'radiusMeters'>,
): Nearest | null {
  const all = [...checkpoints].map((checkpoint): Nearest => {
    const distance = shownMeters(distanceMeters(place, checkpoint))
    const limitMeters = checkpoint.radiusMeters ?? radiusMeters
    return { checkpoint, distanceMeters: distance, limitMeters, inside: distance <= limitMeters }
  })
  return all.sort(better)[0] ?? null
}

const better = (a: Nearest, b: Nearest) =>
  Number(b.inside) - Number(a.inside) ||
  (a.inside ? Number(a.checkpoint.cancelled ?? false) - Number(b.checkpoint.cancelled ?? false) : 0) ||
  Number(isEnd(a)) - Number(isEnd(b)) ||
  a.distanceMeters - b.distanceMeters

/** Start and finish share a place, and a time there moves the whole score: never chosen where another would do. */
export const isEnd = ({ checkpoint }: Pick<Nearest, 'checkpoint'>) =>
  checkpoint.kind === 'start' || checkpoint.kind === 'goal'
