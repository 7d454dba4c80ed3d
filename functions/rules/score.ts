import type { Card, CardRow, Points, ScoreLine, TeamDoc, Verdict, VerdictStatus } from '../../design-docs/derived.ts'
import type { FactOf } from '../../design-docs/facts.ts'
import type { EventDoc, EventRules } from '../../design-docs/plan.ts'
import type { Timed } from './timeline.ts'

/** A person's approval before the rules', a decided one before an open one. */
const preference: Record<VerdictStatus, number> = { APPROVED: 0, AUTO_APPROVED: 1, PENDING: 2, REJECTED: 3 }

export const isApproved = ({ status }: { status: VerdictStatus }) => status === 'APPROVED' || status === 'AUTO_APPROVED'

/**
 * The best verdict of each checkpoint, in order of time: by preference of status, then the earliest. So a rejected
 * check-in leaves its place to the second best.
 */
export function bestOfEach(verdicts: readonly Verdict[]): Verdict[] {
  const best = new Map<string, Verdict>()
  for (const verdict of verdicts) {
    const other = best.get(verdict.checkpoint)
    if (!other || compare(verdict, other) < 0) best.set(verdict.checkpoint, verdict)
  }
  return [...best.values()].sort(byTime)
}

const byTime = (a: Verdict, b: Verdict) => a.at - b.at || (a.checkin < b.checkin ? -1 : 1)
const compare = (a: Verdict, b: Verdict) => preference[a.status] - preference[b.status] || byTime(a, b)

export const cardRow = (verdict: Verdict): CardRow => ({
  checkpoint: verdict.checkpoint,
  checkin: verdict.checkin,
  at: verdict.at,
  status: verdict.status,
  points: verdict.points,
  reasons: verdict.reasons,
  ...(verdict.distanceMeters !== undefined && { distanceMeters: verdict.distanceMeters }),
  ...(verdict.photo && { photo: verdict.photo }),
  device: verdict.device,
  by: verdict.by,
  ...(verdict.comment && { comment: verdict.comment }),
})

/** Minutes, each begun one in full, that a goal lies past the limit of each of the team's classes, from its own start. */
export function lateMinutesByClass(
  event: EventDoc,
  classIds: readonly string[],
  { goalAt, declaredStartAt }: { goalAt: number | null; declaredStartAt: number | null },
): Record<string, number> {
  if (goalAt === null) return {}
  const classes = event.classes.filter(({ id }) => classIds.includes(id))
  return Object.fromEntries(
    classes.map(({ id, startsAt, limitMinutes }) => [
      id,
      Math.max(0, Math.ceil((goalAt - (declaredStartAt ?? startsAt)) / 60_000 - limitMinutes)),
    ]),
  )
}

/** Why the team is in no place, by class; the graver reason is named. */
export function notPlacedByClass(
  { classIds, status }: Pick<TeamDoc, 'classIds' | 'status'>,
  { retired, goalAt, lateMinutes }: Pick<Card, 'retired' | 'goalAt' | 'lateMinutes'>,
  { maxLateMinutes }: EventRules,
): Card['notPlaced'] {
  const why = (classId: string): Card['notPlaced'][string] | null => {
    if (status === 'withdrawn' || status === 'disqualified') return status
    if (retired) return 'retired'
    if (status === 'not-placed') return status
    if (goalAt === null) return 'no-goal'
    return (lateMinutes[classId] ?? 0) > maxLateMinutes ? 'too-late' : null
  }
  return Object.fromEntries(classIds.flatMap((id) => (why(id) ? [[id, why(id)!]] : [])))
}

/** Points taken for being late in a class. */
export const latePenalty = (lateMinutes: Card['lateMinutes'], classId: string | undefined, rules: EventRules) =>
  (classId === undefined ? 0 : (lateMinutes[classId] ?? 0)) * rules.latePenaltyPerMinute

/** The card's points and the lines that moved them. A card shows the lateness of the team's first class. */
export function score(
  best: readonly CardRow[],
  adjustments: readonly Timed<FactOf<'adjustment'>>[],
  late: { minutes: number; penalty: number },
): { points: Points; lines: ScoreLine[] } {
  const sum = (status: VerdictStatus) => total(best.filter((row) => row.status === status))
  const lines: ScoreLine[] = adjustments.map(({ fact, time }) => ({
    kind: 'adjustment',
    points: fact.points,
    reason: fact.reason,
    by: fact.by,
    at: time.at,
  }))
  const adjustment = total(lines)
  if (late.minutes > 0) lines.unshift({ kind: 'late', points: -late.penalty, minutes: late.minutes })
  const [confirmed, provisional, pending] = [sum('APPROVED'), sum('AUTO_APPROVED'), sum('PENDING')]
  const net = confirmed + provisional - late.penalty + adjustment
  return { points: { confirmed, provisional, pending, penalty: late.penalty, adjustment, net }, lines }
}

const total = (rows: readonly { points: number }[]) => rows.reduce((sum, { points }) => sum + points, 0)
