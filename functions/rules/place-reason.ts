import type { RankingRow } from '../../design-docs/derived.ts'
import { finishOf } from './rank.ts'

/** Why a team stands where it does: by what it is behind the team before it, with whom it shares, or why it has no place. */
export type PlaceReason =
  | { kind: 'not-placed'; why: NonNullable<RankingRow['notPlaced']> }
  | { kind: 'first' }
  | { kind: 'shared'; with: string[] }
  | { kind: 'fewer-points'; ahead: string; points: number }
  /** Equal points; null: the team has not finished yet. */
  | { kind: 'later-finish'; ahead: string; ms: number | null }

/** Read off the rows of a ranking, in their order; null for a team that is not in it. */
export function placeReason(rows: readonly RankingRow[], team: string): PlaceReason | null {
  const row = rows.find((one) => one.team === team)
  if (!row) return null
  if (row.notPlaced) return { kind: 'not-placed', why: row.notPlaced }
  const shared = rows.filter((one) => one.place === row.place && one.team !== team)
  if (shared.length > 0) return { kind: 'shared', with: shared.map((one) => one.team) }
  const ahead = rows[rows.indexOf(row) - 1]
  if (!ahead) return { kind: 'first' }
  if (ahead.net > row.net) return { kind: 'fewer-points', ahead: ahead.team, points: ahead.net - row.net }
  const ms = row.goalAt === null ? null : finishOf(row) - finishOf(ahead)
  return { kind: 'later-finish', ahead: ahead.team, ms }
}
