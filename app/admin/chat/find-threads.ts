import type { ThreadRow } from '../../../design-docs/console.ts'
import { foldName } from '../../../functions/rules/fold-name.ts'

export const threadFilters = ['open', 'mine', 'unanswered', 'done', 'all'] as const
export type ThreadFilter = (typeof threadFilters)[number]

/** Those of the threads that fit, in their order; every word that is looked for has to be in one of them. */
export function findThreads(
  threads: readonly ThreadRow[],
  { filter, words, account }: { filter: ThreadFilter; words: string; account: string },
): ThreadRow[] {
  const wanted = words.split(/\s+/).map(foldName).filter(Boolean)
  return threads.filter((row) => {
    const text = foldName(`${row.team} ${row.teamName} ${row.kana ?? ''} ${row.last?.text ?? ''}`)
    return fits(row, filter, account) && wanted.every((word) => text.includes(word))
  })
}

function fits({ state, assignee, unansweredSince }: ThreadRow, filter: ThreadFilter, account: string): boolean {
  if (filter === 'mine') return assignee === account && state === 'open'
  if (filter === 'unanswered') return unansweredSince !== null
  return filter === 'all' || state === filter
}
