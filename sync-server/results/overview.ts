import type { Overview, TeamState } from '../../design-docs/console.ts'
import type { Card, VerdictStatus } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import { teamStateOf } from '../../functions/rules/team-state.ts'
import { type Course, whereaboutsOf } from '../../functions/rules/whereabouts.ts'
import type { DeskView } from './desk-view.ts'

const minuteMs = 60_000
/** A device heard of within this long counts as in contact. */
export const recentContactMs = 15 * minuteMs

type Counts = Pick<Overview, 'problems' | 'devices'>

/** Where the event stands: who is out there, who should be back, what waits for a person. */
export function overviewOf(view: DeskView, now: number, counts: Counts): Overview {
  const { event } = view
  if (!event) throw new AppError('ZK-PLAN-004')
  const { _id, ...plan } = event
  return {
    now,
    event: plan,
    teams: teamsNow(view, courseOf(view, event), now),
    checkins: checkinsNow(view),
    photosAwaited: photosAwaited(view),
    unreadMessages: [...view.threads.values()].reduce((sum, { unread }) => sum + unread, 0),
    ...counts,
  }
}

/** What is to be known of an event to look for its teams; where nobody goes anywhere, as at a festival, nobody is missed. */
export function courseOf(
  { checkpoints }: { checkpoints: ReadonlyMap<string, CheckpointDoc> },
  { classes }: EventDoc,
): Course {
  const goals = [...checkpoints.values()].filter(({ kind }) => kind === 'goal').map(({ number }) => number)
  return { classes: checkpoints.size > 0 ? classes : [], goals: new Set(goals) }
}

/** When the last of a team's classes is over for it; null when it is in none of the plan. */
export function limitOf(card: Card, { classes }: Pick<Course, 'classes'>): number | null {
  const limits = classes
    .filter(({ id }) => card.classIds.includes(id))
    .map(({ startsAt, limitMinutes }) => (card.declared?.startAt ?? startsAt) + limitMinutes * minuteMs)
  return limits.length === 0 ? null : Math.max(...limits)
}

/** Whole minutes past the limit of the latest class of a team that is still out, whatever became of its score; 0 when it is in time or not out. */
export function overdueMinutes(card: Card, course: Course, now: number): number {
  const limit = limitOf(card, course)
  const where = whereaboutsOf(card, course, now)
  if (limit === null || (where !== 'out' && where !== 'unseen')) return 0
  return Math.max(0, Math.floor((now - limit) / minuteMs))
}

function teamsNow(view: DeskView, course: Course, now: number): Overview['teams'] {
  const byState: Record<TeamState, number> = { entered: 0, arrived: 0, 'on-course': 0, finished: 0, retired: 0, out: 0 }
  const overdue: Overview['teams']['overdue'] = []
  const help: Overview['teams']['help'] = []
  for (const card of view.cards.values()) {
    byState[teamStateOf(card)]++
    const minutes = overdueMinutes(card, course, now)
    if (minutes > 0)
      overdue.push({ team: card.team, name: card.name, overdueMinutes: minutes, lastSeen: card.lastSeen })
    if (card.help) help.push({ team: card.team, name: card.name, ...card.help })
  }
  overdue.sort((a, b) => b.overdueMinutes - a.overdueMinutes || (a.team < b.team ? -1 : 1))
  help.sort((a, b) => b.at - a.at)
  return { total: view.cards.size, byState, overdue, help }
}

const none = (): Record<VerdictStatus, number> => ({ PENDING: 0, AUTO_APPROVED: 0, APPROVED: 0, REJECTED: 0 })

function checkinsNow(view: DeskView): Overview['checkins'] {
  const byStatus = none()
  const byCheckpoint = new Map([...view.checkpoints.keys()].map((number) => [number, none()]))
  for (const { status, checkpoint } of view.verdicts.values()) {
    byStatus[status]++
    const counts = byCheckpoint.get(checkpoint)
    if (counts) counts[status]++
  }
  const rows = [...byCheckpoint].map(([checkpoint, counts]) => ({
    checkpoint,
    name: view.checkpoints.get(checkpoint)!.name,
    byStatus: counts,
  }))
  rows.sort((a, b) => byNumber(a.checkpoint, b.checkpoint))
  return { byStatus, byCheckpoint: rows }
}

/** Numbers as people count them: 9 before 34, and letters after. */
export const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })

function photosAwaited(view: DeskView): number {
  let awaited = 0
  for (const { photo } of view.verdicts.values())
    if (photo !== undefined && (view.images.get(photo)?.version ?? 0) === 0) awaited++
  return awaited
}
