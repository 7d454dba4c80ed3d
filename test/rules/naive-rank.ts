import type { Card, RankingRow } from '../../design-docs/derived.ts'
import type { EventDoc } from '../../design-docs/plan.ts'

/**
 * Ranking once more, as slowly and plainly as can be, with nothing taken from the rules: a team's place is one more
 * than the number of teams that are better.
 */
export function naiveRank(classId: string, cards: readonly Card[], event: EventDoc): RankingRow[] {
  const mine = cards.filter((card) => card.classIds.some((id) => id === classId))
  const rows = mine.map((card): RankingRow => {
    const late = card.lateMinutes[classId]
    const penalty = late === undefined ? 0 : late * event.rules.latePenaltyPerMinute
    const row: RankingRow = {
      place: null,
      team: card.team,
      name: card.name,
      confirmed: card.points.confirmed,
      provisional: card.points.provisional,
      pending: card.points.pending,
      penalty,
      adjustment: card.points.adjustment,
      net: card.points.confirmed + card.points.provisional - penalty + card.points.adjustment,
      checkins: card.checkins.total,
      confirmedCheckins: card.checkins.confirmed,
      goalAt: card.goalAt,
    }
    const why = card.notPlaced[classId]
    if (why !== undefined) row.notPlaced = why
    return row
  })
  const better = (a: RankingRow, b: RankingRow) =>
    a.notPlaced === undefined && (a.net > b.net || (a.net === b.net && a.goalAt! < b.goalAt!))
  for (const row of rows)
    if (row.notPlaced === undefined) row.place = 1 + rows.filter((other) => better(other, row)).length
  const placed = rows
    .filter((row) => row.place !== null)
    .sort((a, b) => a.place! - b.place! || Number(a.team) - Number(b.team))
  const rest = ['no-goal', 'too-late', 'retired', 'withdrawn', 'disqualified'].flatMap((why) => {
    const group = rows.filter((row) => row.notPlaced === why)
    const time = (row: RankingRow) => (row.goalAt === null ? 1e300 : row.goalAt)
    return group.sort((a, b) => b.net - a.net || time(a) - time(b) || Number(a.team) - Number(b.team))
  })
  return [...placed, ...rest]
}
