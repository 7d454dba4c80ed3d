import type { Ranking, RankingRow } from '../../design-docs/derived.ts'
import { overallId, rankingId } from '../../design-docs/ids.ts'
import type { EventDoc } from '../../design-docs/plan.ts'

/** As many rows as can be read from ten metres on one screen. */
export const rowsOnSheet = 8

/** What is on the screen at one time: some rows of one published ranking. */
export type Sheet = {
  classId: string
  /** The moment that the ranking shows. */
  asOf: number | null
  rows: RankingRow[]
  /** From 1. */
  number: number
  of: number
}

/**
 * The published rankings in the order of the classes, all together last, eight rows at a time. Who has no place is not
 * shown before a crowd; a ranking in which nobody has one is a sheet without rows.
 */
export function sheetsOf(event: Pick<EventDoc, 'classes'>, rankings: readonly Ranking[]): Sheet[] {
  const published = new Map(rankings.map((one) => [one._id, one]))
  return [...event.classes.map(({ id }) => id), overallId].flatMap((classId) => {
    const ranking = published.get(rankingId(classId))
    if (!ranking) return []
    const placed = ranking.rows.filter(({ place }) => place !== null)
    const of = Math.max(1, Math.ceil(placed.length / rowsOnSheet))
    return Array.from({ length: of }, (_, i) => ({
      classId,
      asOf: ranking.asOf ?? null,
      rows: placed.slice(i * rowsOnSheet, (i + 1) * rowsOnSheet),
      number: i + 1,
      of,
    }))
  })
}
