import type { Card, Ranking, Verdict } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { ExportQuery } from '../../design-docs/exports.ts'
import { overallId } from '../../design-docs/ids.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { type CheckinRow, checkinRows } from '../../functions/rules/checkin-rows.ts'
import { type LegRow, legRows } from '../../functions/rules/legs.ts'
import { rankOverall } from '../../functions/rules/rank-overall.ts'
import { chooserOf } from '../../functions/rules/results-filter.ts'
import { type ResultRow, type ResultsSource, resultRows } from '../../functions/rules/results-table.ts'
import type { DeskView } from '../results/desk-view.ts'
import type { ExportLanguage } from './sheet-words.ts'

/** The results that an export tells, already narrowed to what was asked for; rows are made anew at each reading. */
export type ResultSet = {
  source: ResultsSource
  /** Whose rankings are told, in their order: the classes, or all of them as one. */
  ranked: EventDoc['classes']
  language: ExportLanguage
  nowMs: number
  results(): Iterable<ResultRow>
  checkins(): Iterable<CheckinRow>
  legs(): Iterable<LegRow>
  cards(): Iterable<Card>
  /** The name of an account. */
  nameOf(account: string): string
}

type Asked = Pick<ExportQuery, 'class' | 'result' | 'status' | 'reason' | 'device' | 'checkpoint' | 'team' | 'words'>
type About = { asked: Asked; language: ExportLanguage; nowMs: number; people: Record<string, string> }

/** ZK-PLAN-004 where event or class do not exist. */
export function resultSet(
  view: Pick<DeskView, 'event' | 'checkpoints' | 'cards' | 'verdicts'> & { rankings: ReadonlyMap<string, Ranking> },
  { asked, language, nowMs, people }: About,
): ResultSet {
  const { event, checkpoints, cards, rankings, verdicts } = view
  if (!event) throw new AppError('ZK-PLAN-004')
  const isOverall = asked.class === overallId
  if (asked.class !== undefined && !isOverall && !event.classes.some(({ id }) => id === asked.class))
    throw new AppError('ZK-PLAN-004', { figures: { classId: asked.class } })
  const ranked = isOverall ? [{ ...overallClass, startsAt: event.startsAt }] : event.classes
  const source: ResultsSource = {
    ...{ event, checkpoints, cards },
    rankings: isOverall
      ? new Map([[overallId, rankings.get(overallId) ?? rankOverall(cards.values(), event)]])
      : rankings,
  }
  const told = { ...source, event: { ...event, classes: ranked } }
  const chooser = chooserOf({ ...asked, classId: asked.class }, source)
  return {
    source,
    ranked,
    language,
    nowMs,
    results: () => only(resultRows(told), chooser.result),
    checkins: () => only(checkinRows(source, verdicts.values() as Iterable<Verdict>), chooser.checkin),
    legs: () => only(legRows(source), chooser.leg),
    cards: () => only(cards.values(), chooser.team),
    nameOf: (account) => people[account] ?? account,
  }
}

/** A ranking of its own among those of the classes. */
const overallClass = { id: overallId, name: { ja: '総合', en: 'Overall' }, limitMinutes: 0 }

function* only<T>(rows: Iterable<T>, holds: (row: T) => boolean): Generator<T> {
  for (const row of rows) if (holds(row)) yield row
}
