import type { Verdict } from '../../design-docs/derived.ts'
import type { CheckpointDoc, EventRules } from '../../design-docs/plan.ts'
import { clockToleranceMs } from './best-time.ts'
import { distanceMeters } from './distance.ts'

/** Two records of one team that no team could have made both, and how far and how long they are apart. */
export type DoubleScan = {
  kind: 'at-once' | 'too-fast'
  first: Verdict
  second: Verdict
  apartMs: number
  /** Between the two checkpoints, both radii taken off. */
  meters: number
  /** Null: no time at all lies between them. */
  speedKmh: number | null
}

/**
 * The impossible successions of one team, in order of time: each record is held against the one before it, whatever
 * became of either. Within a minute one of the two was another team; else the speed tells.
 */
export function doubleScans(
  verdicts: readonly Verdict[],
  checkpoints: ReadonlyMap<string, CheckpointDoc>,
  rules: EventRules,
): DoubleScan[] {
  const inOrder = verdicts
    .filter(({ checkpoint }) => checkpoints.has(checkpoint))
    .sort((a, b) => a.at - b.at || (a.checkin < b.checkin ? -1 : 1))
  return inOrder.slice(1).flatMap((second, n) => {
    const first = inOrder[n]!
    const [from, to] = [checkpoints.get(first.checkpoint)!, checkpoints.get(second.checkpoint)!]
    const radii = (from.radiusMeters ?? rules.radiusMeters) + (to.radiusMeters ?? rules.radiusMeters)
    const meters = Math.round(Math.max(0, distanceMeters(from, to) - radii))
    const apartMs = second.at - first.at
    if (meters === 0 || meters * 3600 <= rules.maxSpeedKmh * apartMs) return []
    const speedKmh = apartMs === 0 ? null : Math.round((meters / apartMs) * 36_000) / 10
    return [{ kind: apartMs <= clockToleranceMs ? 'at-once' : 'too-fast', first, second, apartMs, meters, speedKmh }]
  })
}
