import type { ResultRow } from '../../functions/rules/results-table.ts'
import type { ResultSet } from './result-set.ts'

/** Those with a place down to `top`; teams that share the last place are all in. */
export function* awarded(set: ResultSet, top: number): Generator<ResultRow> {
  for (const row of set.results()) if (row.place !== null && row.place <= top) yield row
}
