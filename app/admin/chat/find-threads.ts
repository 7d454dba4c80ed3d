import type { ThreadRow } from '../../../design-docs/console.ts'
import { foldName } from '../../../functions/rules/fold-name.ts'

export const threadFilters = ['open', 'mine', 'unanswered', 'done', 'all'] as const
export type ThreadFilter = (typeof threadFilters)[number]

/** Those of the threads that fit, in their order: by the words of their line, or those in which the words were `said`. */
export function findThreads(
  threads: readonly ThreadRow[],
  {
    filter,
    words,
    account,
    said,
  }: { filter: ThreadFilter; words: string; account: string; said?: ReadonlySet<string> },
): ThreadRow[] {
  const wanted = words.split(/\s+/).map(foldName).filter(Boolean)
  return threads.filter((row) => {
    const text = foldName(`${row.team} ${row.teamName} ${row.kana ?? ''} ${row.last?.text ?? ''}`)
    const isFound = said?.has(row.team) || wanted.every((word) => text.includes(word))
    return isFound && fits(row, filter, account)
  })
}

function fits({ state, assignee, unansweredSince }: ThreadRow, filter: ThreadFilter, account: string): boolean {
  if (filter === 'mine') return assignee === account && state === 'open'
  if (filter === 'unanswered') return unansweredSince !== null
  return filter === 'all' || state === filter
}
