import type { JobRow } from '../../../design-docs/jobs.ts'

/** What was loaded, each as it was told since, and those of the kind that are new; newest first. */
export function mergeJobs(
  loaded: readonly JobRow[],
  told: ReadonlyMap<string, JobRow>,
  kind: string,
): readonly JobRow[] {
  const known = new Set(loaded.map(({ id }) => id))
  const fresh = [...told.values()].filter((row) => row.kind === kind && !known.has(row.id))
  const all = [...fresh, ...loaded.map((row) => told.get(row.id) ?? row)]
  // A ulid begins with its time.
  return all.sort((a, b) => (a.id < b.id ? 1 : -1))
}
