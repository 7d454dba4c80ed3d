import type { Verdict } from '../../design-docs/derived.ts'
import type { DoubleRow } from '../../design-docs/disputes.ts'
import { doubleScans } from '../../functions/rules/double-scans.ts'
import type { DeskView } from '../results/desk-view.ts'
import { byNumber } from '../results/overview.ts'

/** Every impossible succession of the event, at once before too fast, by team. */
export function doubleRowsOf(view: DeskView): DoubleRow[] {
  const { event } = view
  if (!event) return []
  const byTeam = Map.groupBy(view.verdicts.values(), ({ team }) => team)
  const rows = [...byTeam].flatMap(([team, verdicts]) =>
    doubleScans(verdicts, view.checkpoints, event.rules).map(({ first, second, ...figures }) => ({
      ...figures,
      team,
      teamName: view.teams.get(team)?.name ?? '',
      first: recordOf(view, first),
      second: recordOf(view, second),
    })),
  )
  const rank = (row: DoubleRow) => (row.kind === 'at-once' ? 0 : 1)
  return rows.sort((a, b) => rank(a) - rank(b) || byNumber(a.team, b.team) || a.first.at - b.first.at)
}

const recordOf = (view: DeskView, { checkin, checkpoint, at, device, by, as, method, status }: Verdict) => ({
  ...{ checkin, checkpoint, at, device, by, as, method, status },
  name: view.checkpoints.get(checkpoint)?.name ?? null,
})
