import type { Verdict } from '../../design-docs/derived.ts'
import type { Words } from '../../design-docs/primitives.ts'
import { compareNumbers } from './rank.ts'
import type { ResultsSource } from './results-table.ts'

/** A check-in with its verdict and the names that belong to it; `checkpointName` is null where the plan has none. */
export type CheckinRow = Omit<Verdict, '_id' | '_rev' | 'type' | 'event'> & {
  teamName: string
  classNames: Words[]
  checkpointName: Words | null
}

/** Every check-in, rejected ones too, by team and then in order of time. */
export function* checkinRows(
  { event, checkpoints, cards }: ResultsSource,
  verdicts: Iterable<Verdict>,
): Generator<CheckinRow> {
  const classNames = new Map(event.classes.map(({ id, name }) => [id, name]))
  for (const { _id, _rev, type, event: _, ...verdict } of [...verdicts].sort(byTeamAndTime)) {
    const card = cards.get(verdict.team)
    yield {
      ...verdict,
      teamName: card?.name ?? '',
      classNames: (card?.classIds ?? []).flatMap((id) => classNames.get(id) ?? []),
      checkpointName: checkpoints.get(verdict.checkpoint)?.name ?? null,
    }
  }
}

const byTeamAndTime = (a: Verdict, b: Verdict) =>
  compareNumbers(a.team, b.team) || a.at - b.at || (a.checkin < b.checkin ? -1 : 1)
