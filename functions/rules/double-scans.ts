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
  /** Between the two checkpoints, less what either may be wide. */
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
    const width = widthOf(first, from, rules) + widthOf(second, to, rules)
    const meters = Math.round(Math.max(0, distanceMeters(from, to) - width))
    const apartMs = second.at - first.at
    if (meters === 0 || meters * 3600 <= rules.maxSpeedKmh * apartMs) return []
    const speedKmh = apartMs === 0 ? null : Math.round((meters / apartMs) * 36_000) / 10
    return [{ kind: apartMs <= clockToleranceMs ? 'at-once' : 'too-fast', first, second, apartMs, meters, speedKmh }]
  })
}

/** Staff and their table are hardly wider. */
const stationMeters = 10

/** How far from its checkpoint a record may have been made: a bib that staff read was with them, a team's phone within the radius. */
function widthOf({ method, as }: Verdict, { radiusMeters }: CheckpointDoc, rules: EventRules): number {
  const radius = radiusMeters ?? rules.radiusMeters
  const isAtStation = method === 'qr' && as !== 'participant' && as !== 'agent'
  return isAtStation ? Math.min(radius, stationMeters) : radius
}
