import { expect, test } from 'vitest'
import { mergeJobs } from '../../app/admin/jobs/merge-jobs.ts'
import type { JobRow } from '../../design-docs/jobs.ts'

const row = (id: string, done: number, kind = 'papers'): JobRow => ({
  ...{ id, kind, what: kind, by: 'admin', at: 0, state: 'running', startedAt: 0, endedAt: null, error: null },
  ...{ counts: { total: 9, done, unchanged: 0, parked: 0 }, isCancelling: false, files: [], parked: [] },
})
const told = (...rows: JobRow[]) => new Map(rows.map((one) => [one.id, one]))

test('[JB10] a list of jobs shows each as it was told last, and new ones of its kind first', () => {
  const merged = mergeJobs(
    [row('2', 1), row('1', 9)],
    told(row('2', 5), row('3', 0), row('4', 0, 'scoreboards')),
    'papers',
  )
  expect(merged.map(({ id, counts }) => [id, counts.done])).toEqual([
    ['3', 0],
    ['2', 5],
    ['1', 9],
  ])
})
