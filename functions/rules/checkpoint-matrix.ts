import type { CardRow } from '../../design-docs/derived.ts'
import type { CheckpointDoc } from '../../design-docs/plan.ts'
import { compareNumbers } from './rank.ts'
import type { ResultRow, ResultsSource } from './results-table.ts'

/** A result with the team's best check-in at each of the matrix's checkpoints; null where it has none. */
export type MatrixRow = { result: ResultRow; cells: (CardRow | null)[] }

/** `checkpoint` is null where the plan does not know the number of a check-in. */
export type MatrixColumn = { number: string; checkpoint: CheckpointDoc | null }

/**
 * Team by checkpoint: the columns, by number, are the plan's checkpoints and those that some check-in names, so that a
 * row's points always add up.
 */
export function checkpointMatrix(
  { checkpoints, cards }: ResultsSource,
  results: Iterable<ResultRow>,
): { columns: MatrixColumn[]; rows: Iterable<MatrixRow> } {
  const numbers = new Set(checkpoints.keys())
  for (const card of cards.values()) for (const { checkpoint } of card.checkpoints) numbers.add(checkpoint)
  const columns = [...numbers]
    .sort(compareNumbers)
    .map((number) => ({ number, checkpoint: checkpoints.get(number) ?? null }))
  return { columns, rows: matrixRows() }

  function* matrixRows(): Generator<MatrixRow> {
    for (const result of results) {
      const visits = new Map(cards.get(result.team)?.checkpoints.map((row) => [row.checkpoint, row]))
      yield { result, cells: columns.map(({ number }) => visits.get(number) ?? null) }
    }
  }
}
