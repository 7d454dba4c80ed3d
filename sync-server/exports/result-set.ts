import type { Card, Ranking, Verdict } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { ExportQuery } from '../../design-docs/exports.ts'
import { type CheckinRow, checkinRows } from '../../functions/rules/checkin-rows.ts'
import { type LegRow, legRows } from '../../functions/rules/legs.ts'
import { chooserOf } from '../../functions/rules/results-filter.ts'
import { type ResultRow, type ResultsSource, resultRows } from '../../functions/rules/results-table.ts'
import type { DeskView } from '../results/desk-view.ts'
import type { ExportLanguage } from './sheet-words.ts'

/** The results that an export tells, already narrowed to what was asked for; rows are made anew at each reading. */
export type ResultSet = {
  source: ResultsSource
  language: ExportLanguage
  nowMs: number
  results(): Iterable<ResultRow>
  checkins(): Iterable<CheckinRow>
  legs(): Iterable<LegRow>
  cards(): Iterable<Card>
  /** The name of an account. */
  nameOf(account: string): string
}

type Asked = Pick<ExportQuery, 'class' | 'result' | 'status' | 'checkpoint' | 'team' | 'words'>
type About = { asked: Asked; language: ExportLanguage; nowMs: number; people: Record<string, string> }

/** ZK-PLAN-004 where event or class do not exist. */
export function resultSet(
  view: Pick<DeskView, 'event' | 'checkpoints' | 'cards' | 'verdicts'> & { rankings: ReadonlyMap<string, Ranking> },
  { asked, language, nowMs, people }: About,
): ResultSet {
  const { event, checkpoints, cards, rankings, verdicts } = view
  if (!event) throw new AppError('ZK-PLAN-004')
  if (asked.class !== undefined && !event.classes.some(({ id }) => id === asked.class))
    throw new AppError('ZK-PLAN-004', { figures: { classId: asked.class } })
  const source: ResultsSource = { event, checkpoints, cards, rankings }
  const chooser = chooserOf({ ...asked, classId: asked.class }, source)
  return {
    source,
    language,
    nowMs,
    results: () => only(resultRows(source), chooser.result),
    checkins: () => only(checkinRows(source, verdicts.values() as Iterable<Verdict>), chooser.checkin),
    legs: () => only(legRows(source), chooser.leg),
    cards: () => only(cards.values(), chooser.team),
    nameOf: (account) => people[account] ?? account,
  }
}

function* only<T>(rows: Iterable<T>, holds: (row: T) => boolean): Generator<T> {
  for (const row of rows) if (holds(row)) yield row
}
