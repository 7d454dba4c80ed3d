import type { ThreadRow } from '../../design-docs/console.ts'
import type { ThreadDoc } from '../../design-docs/derived.ts'
import { threadId } from '../../design-docs/ids.ts'
import type { DeskView } from '../results/desk-view.ts'

/** Every thread in a line: those with an answer owed first, the longest owed before all, then the latest. */
export function threadRowsOf(view: DeskView): ThreadRow[] {
  const rows = [...view.threads.values()].map((thread) => threadRowOf(view, thread))
  const owed = ({ unansweredSince }: ThreadRow) => unansweredSince ?? Number.POSITIVE_INFINITY
  const lastAt = ({ last }: ThreadRow) => last?.at ?? 0
  return rows.sort((one, other) =>
    owed(one) === owed(other)
      ? lastAt(other) - lastAt(one) || (one.team < other.team ? -1 : 1)
      : owed(one) - owed(other),
  )
}

/** One of them, with the team's name. */
export function threadRowOf(view: DeskView, thread: ThreadDoc): ThreadRow {
  const { _id, _rev, type, event, handling, ...row } = thread
  const team = view.teams.get(row.team)
  return { ...row, teamName: team?.name ?? '', ...(team?.kana !== undefined && { kana: team.kana }) }
}

/** The thread of a team in which nothing was said or done yet. */
export const silentThread = (event: string, team: string): ThreadDoc => ({
  _id: threadId(team),
  type: 'thread',
  event,
  team,
  messages: 0,
  unread: 0,
  unansweredSince: null,
  state: 'open',
  assignee: null,
  last: null,
  handling: [],
})
