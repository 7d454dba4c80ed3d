import type { Card, Ranking, RankingRow } from '../../design-docs/derived.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import type { Words } from '../../design-docs/primitives.ts'
import { isApproved } from './score.ts'

/** All that results are told from. Rankings are the live ones or those of a snapshot, whose figures are never counted anew. */
export type ResultsSource = {
  event: EventDoc
  /** By number. */
  checkpoints: ReadonlyMap<string, CheckpointDoc>
  /** By team. */
  cards: ReadonlyMap<string, Card>
  /** By class. */
  rankings: ReadonlyMap<string, Ranking>
}

export type ResultStatus = 'placed' | NonNullable<RankingRow['notPlaced']>

/** A team's result in one class, as every format tells it. */
export type ResultRow = Omit<RankingRow, 'notPlaced'> & {
  classId: string
  className: Words
  status: ResultStatus
  kana: string
  /** Names, in the order of the entry. */
  members: string[]
  /** How many checkpoints count. */
  checkpoints: number
  startedAt: number
  /** From the start of the class, or the team's own that a judge declared, to the goal, as lateness is counted. */
  usedMs: number | null
  lateMinutes: number
}

/** Results in the order of the classes and of their rankings; a team has a row in each class that it is ranked in. */
export function* resultRows(source: ResultsSource): Generator<ResultRow> {
  for (const { id, name, startsAt } of source.event.classes) {
    for (const row of source.rankings.get(id)?.rows ?? []) {
      const card = source.cards.get(row.team)
      const { notPlaced, ...figures } = row
      const startedAt =
        figures.elapsedMs !== undefined && row.goalAt !== null
          ? row.goalAt - figures.elapsedMs
          : (card?.declared?.startAt ?? startsAt)
      yield {
        ...figures,
        classId: id,
        className: name,
        status: notPlaced ?? 'placed',
        kana: card?.kana ?? '',
        members: card?.members.map((member) => member.name) ?? [],
        checkpoints: card?.checkpoints.filter(isApproved).length ?? 0,
        startedAt,
        usedMs: row.goalAt === null ? null : row.goalAt - startedAt,
        lateMinutes: card?.lateMinutes[row.classId ?? id] ?? 0,
      }
    }
  }
}
