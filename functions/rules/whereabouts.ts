import type { Card } from '../../design-docs/derived.ts'
import type { EventClass } from '../../design-docs/plan.ts'
import { clockToleranceMs } from './best-time.ts'

/**
 * Where a team's people are, as far as anyone knows. `unseen`: received, its class has started, and nobody has recorded it
 * since; where no start is scanned it may well be on the course. `given-up`: retired, and not known to be back.
 */
export type Whereabouts = 'not-out' | 'out' | 'unseen' | 'given-up' | 'back'

/** `goals`: numbers of the checkpoints at which a team ends. */
export type Course = { classes: readonly EventClass[]; goals: ReadonlySet<string> }

/**
 * Tells where a team is for those who must find everybody. It goes by what was seen and not by what counts: a
 * disqualified team is out until it is back, and neither a check-in nor a talk at the reception brings back
 * one that gave up; a goal does, and whoever says so.
 */
export function whereaboutsOf(card: Card, { classes, goals }: Course, now: number): Whereabouts {
  const { retired, backAt, lastSeen, reception } = card
  const isExpected = card.status !== 'withdrawn' && card.status !== 'disqualified'
  // After a ruling no goal counts; the team is there all the same.
  if (card.goalAt !== null || (!isExpected && lastSeen && goals.has(lastSeen.checkpoint))) return 'back'
  const onCourse = lastSeen !== null && lastSeen.checkpoint !== 'reception'
  const left = retired?.at ?? (onCourse ? lastSeen.at : 0)
  // The two may have been recorded at once, by two devices.
  if (backAt !== undefined && backAt + clockToleranceMs >= left) return 'back'
  if (retired) return 'given-up'
  if (card.startAt !== null || card.checkpoints.length > 0 || onCourse) return 'out'
  return reception && isExpected && hasStarted(card, classes, now) ? 'unseen' : 'not-out'
}

function hasStarted({ classIds, declared }: Card, classes: readonly EventClass[], now: number): boolean {
  const starts = classes.filter(({ id }) => classIds.includes(id)).map(({ startsAt }) => startsAt)
  return starts.length > 0 && (declared?.startAt ?? Math.min(...starts)) <= now
}
