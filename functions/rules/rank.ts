import type { Card, Ranking, RankingRow } from '../../design-docs/derived.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { latePenalty } from './score.ts'

/** The ranking of a class from the cards of its teams; a team is ranked in every class that its card names. */
export function rank(classId: string, cards: Iterable<Card>, event: EventDoc): Ranking {
  const rows: RankingRow[] = []
  for (const card of cards) if (card.classIds.includes(classId)) rows.push(rowOf(card, classId, event))
  rows.sort(compareRows)
  givePlaces(rows, 0, rows.length)
  return toRanking(classId, rows, event)
}

export const toRanking = (classId: string, rows: RankingRow[], event: EventDoc): Ranking => ({
  _id: `ranking:${classId}`,
  type: 'ranking',
  event: event.code,
  classId,
  rows,
})

/** A team's row in one class, still without its place; lateness is counted by this class's own limit. */
export function rowOf(card: Card, classId: string, event: EventDoc): RankingRow {
  const { rules } = event
  const { confirmed, provisional, pending, adjustment } = card.points
  const penalty = latePenalty(card.lateMinutes, classId, rules)
  const notPlaced = card.notPlaced[classId]
  const startShiftMs = startShift(card, classId, event)
  return {
    place: null,
    team: card.team,
    name: card.name,
    confirmed,
    provisional,
    pending,
    penalty,
    adjustment,
    net: confirmed + provisional - penalty + adjustment,
    checkins: card.checkins.total,
    confirmedCheckins: card.checkins.confirmed,
    goalAt: card.goalAt,
    ...(startShiftMs !== 0 && { startShiftMs }),
    ...(notPlaced && { notPlaced }),
  }
}

/** A team that a judge says started later than its class has had so much less time when both finish at once. */
function startShift({ declared }: Card, classId: string, { classes }: EventDoc): number {
  const startsAt = classes.find(({ id }) => id === classId)?.startsAt
  return declared?.startAt === undefined || startsAt === undefined ? 0 : declared.startAt - startsAt
}

type NotPlaced = NonNullable<RankingRow['notPlaced']>
const group: Record<NotPlaced, number> = {
  'no-goal': 1,
  'too-late': 2,
  'not-placed': 3,
  retired: 4,
  withdrawn: 5,
  disqualified: 6,
}
const groupOf = ({ notPlaced }: RankingRow) => (notPlaced ? group[notPlaced] : 0)
/** Milliseconds: within a class the hour tells who was faster, a declared start aside; over all classes the time from the own start. */
export const finishOf = ({ goalAt, elapsedMs, startShiftMs = 0 }: RankingRow) =>
  elapsedMs ?? (goalAt === null ? Number.MAX_SAFE_INTEGER : goalAt - startShiftMs)

/** Placed before not placed, more points first, then the earlier finish, reckoned from the own start; the number only makes the order certain. */
export function compareRows(a: RankingRow, b: RankingRow): number {
  return groupOf(a) - groupOf(b) || b.net - a.net || finishOf(a) - finishOf(b) || compareNumbers(a.team, b.team)
}

/** 9 before 12: shorter first, then by letters. */
export const compareNumbers = (a: string, b: string) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)

const sharesPlace = (a: RankingRow, b: RankingRow) => a.net === b.net && finishOf(a) === finishOf(b)

/** Writes the places of the sorted rows from `from` up to `to`; equal teams share one and the next is skipped. */
export function givePlaces(rows: RankingRow[], from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const row = rows[i]!
    const before = rows[i - 1]
    const place = row.notPlaced ? null : before && sharesPlace(before, row) ? before.place : i + 1
    if (row.place !== place) rows[i] = { ...row, place }
  }
}
