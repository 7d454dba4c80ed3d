import type { Reason, VerdictStatus } from '../../design-docs/derived.ts'
import type { CheckinFact, FactOf } from '../../design-docs/facts.ts'
import type { CheckpointDoc, EventRules } from '../../design-docs/plan.ts'
import { distanceMeters } from './distance.ts'
import type { Judgement } from './judge-checkin.ts'
import { isDoubtful } from './reason-status.ts'
import { isApproved } from './score.ts'
import type { Timed } from './timeline.ts'

export type Review = Timed<FactOf<'review'>>

/** A check-in as it is being judged; `judgement` grows, unless the server has judged it already. */
export type Judged = {
  checkin: Timed<CheckinFact>
  checkpoint: CheckpointDoc | undefined
  judgement: Judgement
  review: Review | undefined
  judgedByServer?: VerdictStatus
}

/** Whether it stands: approved by a person, or by itself. */
const stands = ({ judgement, review, judgedByServer }: Judged) =>
  review || judgedByServer
    ? isApproved({ status: review?.fact.action ?? judgedByServer! })
    : judgement.reasons.length === 0

/**
 * Marks repeats at a checkpoint, for check-ins in order of time. Only one that stands opens a window, so a doubtful
 * or rejected try never shuts out the good one that follows; exactly `duplicateMinutes` later a new window opens.
 */
export function markDuplicates(judged: readonly Judged[], { duplicateMinutes }: EventRules): void {
  const openedAt = new Map<string, number>()
  for (const one of judged) {
    const { fact, time } = one.checkin
    const sinceMs = time.at - (openedAt.get(fact.checkpoint) ?? Number.NEGATIVE_INFINITY)
    if (sinceMs < duplicateMinutes * 60_000) add(one, 'duplicate', { minutesSinceFirst: Math.floor(sinceMs / 60_000) })
    else if (stands(one)) openedAt.set(fact.checkpoint, time.at)
  }
}

/**
 * Marks check-ins that no team could have reached in time from the last place where it surely was. Both radii are
 * taken off the way; a doubtful or rejected check-in is no such place, so one wrong scan does not spoil those after it.
 */
export function markTooFast(judged: readonly Judged[], rules: EventRules): void {
  let last: { checkpoint: CheckpointDoc; at: number } | null = null
  for (const one of judged) {
    const { checkpoint, checkin, review } = one
    if (!checkpoint) continue
    const { at } = checkin.time
    const speedKmh = last ? speed(last, { checkpoint, at }, rules) : 0
    if (speedKmh > rules.maxSpeedKmh) add(one, 'too-fast', { speedKmh })
    const seen = review ? review.fact.action === 'APPROVED' : !isDoubtful(one.judgement.reasons)
    if (seen) last = { checkpoint, at }
  }
}

type Visit = { checkpoint: CheckpointDoc; at: number }
const fastestShownKmh = 9999

function speed(from: Visit, to: Visit, { radiusMeters }: EventRules): number {
  const radii = [from, to].reduce((sum, { checkpoint }) => sum + (checkpoint.radiusMeters ?? radiusMeters), 0)
  const meters = Math.max(0, distanceMeters(from.checkpoint, to.checkpoint) - radii)
  if (meters === 0) return 0
  return Math.min(fastestShownKmh, Math.round((meters / (to.at - from.at)) * 36_000) / 10)
}

/** Marks what was recorded after the team's goal, other than goals and starts. */
export function markAfterGoal(judged: readonly Judged[], goalAt: number | null): void {
  if (goalAt === null) return
  for (const one of judged) {
    const afterMs = one.checkin.time.at - goalAt
    const onCourse = one.checkpoint?.kind !== 'goal' && one.checkpoint?.kind !== 'start'
    if (afterMs > 0 && onCourse) add(one, 'after-goal', { afterGoalMs: afterMs })
  }
}

function add({ judgement, judgedByServer }: Judged, reason: Reason, figures: Record<string, number>): void {
  if (judgedByServer) return
  judgement.reasons.push(reason)
  Object.assign(judgement.figures, figures)
}
