import type { Card, RankingRow } from '../../design-docs/derived.ts'
import type { EventDoc } from '../../design-docs/plan.ts'

/** What ranking needs to know of a team; a card has it, and so has the outcome of counting plainly. */
export type RankedTeam = Pick<Card, 'team' | 'name' | 'classIds' | 'goalAt' | 'lateMinutes'> & {
  notPlaced: Record<string, string>
  declared?: { startAt?: number | undefined } | undefined
  points: Pick<Card['points'], 'confirmed' | 'provisional' | 'pending' | 'adjustment'>
  checkins: Pick<Card['checkins'], 'total' | 'confirmed'>
}

/**
 * Ranking once more, as slowly and plainly as can be, with nothing taken from the rules: a team's place is one more
 * than the number of teams that are better.
 */
export function naiveRank(classId: string, teams: readonly RankedTeam[], event: EventDoc): RankingRow[] {
  const mine = teams.filter((team) => team.classIds.some((id) => id === classId))
  return naiveOrder(mine.map((team) => naiveRow(team, classId, event)))
}

/** All teams together: each by its first class, and against the clock from that class's start. */
export function naiveOverall(teams: readonly RankedTeam[], event: EventDoc): RankingRow[] {
  const rows: RankingRow[] = []
  for (const team of teams) {
    const first = event.classes.find((one) => one.id === team.classIds[0])
    if (!first) continue
    const row: RankingRow = { ...naiveRow(team, first.id, event), classId: first.id }
    if (team.goalAt !== null) row.elapsedMs = team.goalAt - (team.declared?.startAt ?? first.startsAt)
    rows.push(row)
  }
  return naiveOrder(rows)
}

function naiveRow(team: RankedTeam, classId: string, event: EventDoc): RankingRow {
  const late = team.lateMinutes[classId]
  const penalty = late === undefined ? 0 : late * event.rules.latePenaltyPerMinute
  const row: RankingRow = {
    place: null,
    team: team.team,
    name: team.name,
    confirmed: team.points.confirmed,
    provisional: team.points.provisional,
    pending: team.points.pending,
    penalty,
    adjustment: team.points.adjustment,
    net: team.points.confirmed + team.points.provisional - penalty + team.points.adjustment,
    checkins: team.checkins.total,
    confirmedCheckins: team.checkins.confirmed,
    goalAt: team.goalAt,
  }
  const began = team.declared?.startAt
  const planned = event.classes.find((one) => one.id === classId)?.startsAt
  if (began !== undefined && planned !== undefined && began !== planned) row.startShiftMs = began - planned
  const why = team.notPlaced[classId]
  if (why !== undefined) row.notPlaced = why as NonNullable<RankingRow['notPlaced']>
  return row
}

function naiveOrder(rows: RankingRow[]): RankingRow[] {
  const time = (row: RankingRow) => {
    if (row.elapsedMs !== undefined) return row.elapsedMs
    return row.goalAt === null ? 1e300 : row.goalAt - (row.startShiftMs ?? 0)
  }
  const better = (a: RankingRow, b: RankingRow) =>
    a.notPlaced === undefined && (a.net > b.net || (a.net === b.net && time(a) < time(b)))
  for (const row of rows)
    if (row.notPlaced === undefined) row.place = 1 + rows.filter((other) => better(other, row)).length
  const placed = rows
    .filter((row) => row.place !== null)
    .sort((a, b) => a.place! - b.place! || Number(a.team) - Number(b.team))
  const rest = ['no-goal', 'too-late', 'not-placed', 'retired', 'withdrawn', 'disqualified'].flatMap((why) => {
    const group = rows.filter((row) => row.notPlaced === why)
    return group.sort((a, b) => b.net - a.net || time(a) - time(b) || Number(a.team) - Number(b.team))
  })
  return [...placed, ...rest]
}
