import type { Card, Ranking, RankingRow } from '../../design-docs/derived.ts'
import { overallId } from '../../design-docs/ids.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import type { ScoringPlan, SnapshotDoc } from '../../design-docs/rankings.ts'
import { rank, toRanking } from './rank.ts'
import { rankOverall } from './rank-overall.ts'
import type { RulesPlan } from './rules-plan.ts'

export type PackedRankings = Pick<SnapshotDoc, 'teams' | 'rankings' | 'overall'>

type PackedRow = PackedRankings['rankings'][number]['rows'][number]

/** Every ranking of the event in one: what a team has in all of them is said once. */
export function packRankings(cards: Iterable<Card>, event: EventDoc): PackedRankings {
  const all = [...cards].sort((one, other) => (one.team < other.team ? -1 : 1))
  const index = new Map(all.map(({ team }, i) => [team, i]))
  const of = ({ team, place, penalty, notPlaced, startShiftMs }: RankingRow): PackedRow => [
    index.get(team) ?? 0,
    place,
    penalty,
    notPlaced ?? null,
    startShiftMs ?? 0,
  ]
  return {
    teams: all.map(({ team, name, points, checkins, goalAt }) => [
      team,
      name,
      points.confirmed,
      points.provisional,
      points.pending,
      points.adjustment,
      checkins.total,
      checkins.confirmed,
      goalAt,
    ]),
    rankings: event.classes.map(({ id }) => ({ classId: id, rows: rank(id, all, event).rows.map(of) })),
    overall: rankOverall(all, event).rows.map((row) => [...of(row), row.classId ?? '', row.elapsedMs ?? null]),
  }
}

type Packed = PackedRankings & Pick<SnapshotDoc, 'event'>

/** A ranking as it was packed, or null when there was none of that class. */
export function unpackRanking(snapshot: Packed, classId: string): Ranking | null {
  const event = { code: snapshot.event } as EventDoc
  if (classId === overallId) {
    const rows = snapshot.overall.map(([team, place, penalty, notPlaced, startShiftMs, ownClass, elapsedMs]) => ({
      ...rowOf(snapshot.teams[team]!, { place, penalty, notPlaced, startShiftMs }),
      classId: ownClass,
      ...(elapsedMs !== null && { elapsedMs }),
    }))
    return toRanking(classId, rows, event)
  }
  const found = snapshot.rankings.find((one) => one.classId === classId)
  if (!found) return null
  const rows = found.rows.map(([team, place, penalty, notPlaced, startShiftMs]) =>
    rowOf(snapshot.teams[team]!, { place, penalty, notPlaced, startShiftMs }),
  )
  return toRanking(classId, rows, event)
}

function rowOf(
  team: SnapshotDoc['teams'][number],
  own: Pick<RankingRow, 'place' | 'penalty'> & { notPlaced: RankingRow['notPlaced'] | null; startShiftMs: number },
): RankingRow {
  const [number, name, confirmed, provisional, pending, adjustment, checkins, confirmedCheckins, goalAt] = team
  const { place, penalty, notPlaced, startShiftMs } = own
  const net = confirmed + provisional - penalty + adjustment
  return {
    place,
    team: number,
    name,
    confirmed,
    provisional,
    pending,
    penalty,
    adjustment,
    net,
    checkins,
    confirmedCheckins,
    goalAt,
    ...(startShiftMs !== 0 && { startShiftMs }),
    ...(notPlaced && { notPlaced }),
  }
}

/** What of the plan moves points and places. */
export function scoringPlan({ event, checkpoints }: RulesPlan): ScoringPlan {
  const { startsAt, endsAt, rules, classes } = event
  return {
    startsAt,
    endsAt,
    rules,
    classes: classes.map(({ name, ...scoring }) => scoring),
    checkpoints: [...checkpoints.values()].map(scoringCheckpoint).sort((a, b) => (a.number < b.number ? -1 : 1)),
  }
}

function scoringCheckpoint(doc: CheckpointDoc): ScoringPlan['checkpoints'][number] {
  const { number, lat, lng, points, kind, radiusMeters, opensAt, closesAt, cancelled } = doc
  return {
    number,
    lat,
    lng,
    points,
    kind,
    ...(radiusMeters !== undefined && { radiusMeters }),
    ...(opensAt !== undefined && { opensAt }),
    ...(closesAt !== undefined && { closesAt }),
    ...(cancelled && { cancelled }),
  }
}
