import type { Card, Ranking, RankingRow } from '../../design-docs/derived.ts'
import { overallId } from '../../design-docs/ids.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { compareRows, givePlaces, rowOf, toRanking } from './rank.ts'

/**
 * The ranking of all teams together. Each team is in it once, with points, penalty and reason not to be placed of its
 * main class, the one that it entered first; a team whose main class the event does not have is not in it. More points
 * come first, then the shorter time from the start of the main class to the goal: with one start for all that is the
 * earlier finish.
 */
export function rankOverall(cards: Iterable<Card>, event: EventDoc): Ranking {
  const startOf = new Map(event.classes.map(({ id, startsAt }) => [id, startsAt]))
  const rows: RankingRow[] = []
  for (const card of cards) {
    const [classId] = card.classIds
    const startsAt = classId === undefined ? undefined : startOf.get(classId)
    if (classId === undefined || startsAt === undefined) continue
    const elapsed = card.goalAt === null ? {} : { elapsedMs: card.goalAt - (card.declared?.startAt ?? startsAt) }
    rows.push({ ...rowOf(card, classId, event), classId, ...elapsed })
  }
  rows.sort(compareRows)
  givePlaces(rows, 0, rows.length)
  return toRanking(overallId, rows, event)
}
