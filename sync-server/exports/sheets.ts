import type { Words } from '../../design-docs/primitives.ts'
import type { CheckinRow } from '../../functions/rules/checkin-rows.ts'
import { checkpointMatrix } from '../../functions/rules/checkpoint-matrix.ts'
import type { LegRow } from '../../functions/rules/legs.ts'
import { compareNumbers } from '../../functions/rules/rank.ts'
import type { ResultRow } from '../../functions/rules/results-table.ts'
import { isApproved } from '../../functions/rules/score.ts'
import { awarded } from './awarded.ts'
import type { ResultSet } from './result-set.ts'
import type { Sheet, SheetCell } from './sheet.ts'
import { sheetWords } from './sheet-words.ts'

type Heads = (typeof sheetWords)['en']['heads']
type Column<Row> = readonly [heading: keyof Heads, width: number, cell: (row: Row) => SheetCell]

/** The tables that results can be taken out as. */
export const sheets = {
  results: resultsSheet,
  checkins: checkinsSheet,
  matrix: matrixSheet,
  legs: legsSheet,
  checkpoints: checkpointsSheet,
  awards: awardsSheet,
} as const

const time = (at: number | null | undefined): SheetCell => (at === null || at === undefined ? null : { at })
const span = (spanMs: number | null): SheetCell => (spanMs === null ? null : { spanMs })

/** The words in the language asked for, or in the other where one is empty. */
export const said = (words: Words, language: 'ja' | 'en') => words[language] || words.ja || words.en

function sheetOf<Row>(
  { language }: ResultSet,
  name: keyof typeof sheets,
  { columns, rows }: { columns: readonly Column<Row>[]; rows: Iterable<Row> },
): Sheet {
  const t = sheetWords[language]
  return {
    name: t.names[name],
    columns: columns.map(([heading, width]) => ({ heading: t.heads[heading], width })),
    rows: cellsOf(rows, columns),
  }
}

function* cellsOf<Row>(rows: Iterable<Row>, columns: readonly Column<Row>[]): Generator<SheetCell[]> {
  for (const row of rows) yield columns.map(([, , cell]) => cell(row))
}

function resultsSheet(set: ResultSet): Sheet {
  const { language } = set
  const t = sheetWords[language]
  const columns: Column<ResultRow>[] = [
    ['class', 16, ({ className }) => said(className, language)],
    ['place', 8, ({ place }) => place],
    ['number', 10, ({ team }) => team],
    ['team', 28, ({ name }) => name],
    ['kana', 20, ({ kana }) => kana],
    ['members', 40, ({ members }) => members.join(t.comma)],
    ['net', 10, ({ net }) => net],
    ['confirmed', 10, ({ confirmed }) => confirmed],
    ['provisional', 10, ({ provisional }) => provisional],
    ['pending', 10, ({ pending }) => pending],
    ['penalty', 10, ({ penalty }) => -penalty || 0],
    ['adjustment', 10, ({ adjustment }) => adjustment],
    ['late', 10, ({ lateMinutes }) => lateMinutes],
    ['checkpoints', 10, ({ checkpoints }) => checkpoints],
    ['checkins', 10, ({ checkins }) => checkins],
    ['start', 20, ({ startedAt }) => time(startedAt)],
    ['finish', 20, ({ goalAt }) => time(goalAt)],
    ['used', 12, ({ usedMs }) => span(usedMs)],
    ['state', 14, ({ status }) => t.results[status]],
  ]
  return sheetOf(set, 'results', { columns, rows: set.results() })
}

function checkinsSheet(set: ResultSet): Sheet {
  const { language, nameOf } = set
  const t = sheetWords[language]
  const columns: Column<CheckinRow>[] = [
    ['number', 10, ({ team }) => team],
    ['team', 28, ({ teamName }) => teamName],
    ['classes', 16, ({ classNames }) => classNames.map((name) => said(name, language)).join(t.comma)],
    ['checkpoint', 12, ({ checkpoint }) => checkpoint],
    ['checkpointName', 24, ({ checkpointName }) => (checkpointName ? said(checkpointName, language) : null)],
    ['time', 20, ({ at }) => time(at)],
    ['received', 20, ({ firstSeenAt }) => time(firstSeenAt)],
    ['status', 16, ({ status }) => t.statuses[status]],
    ['counts', 10, ({ counts }) => (counts ? t.yes : t.no)],
    ['points', 8, ({ points }) => points],
    ['reasons', 24, ({ reasons }) => reasons.map((reason) => t.reasons[reason]).join(t.comma)],
    ['distance', 10, ({ distanceMeters }) => distanceMeters ?? null],
    ['method', 12, ({ method }) => t.methods[method as keyof typeof t.methods] ?? method],
    ['by', 18, ({ by }) => nameOf(by)],
    ['device', 16, ({ device }) => device],
    ['reviewedBy', 18, ({ reviewedBy }) => (reviewedBy === undefined ? null : nameOf(reviewedBy))],
    ['reviewedAt', 20, ({ reviewedAt }) => time(reviewedAt)],
    ['comment', 24, ({ comment }) => comment ?? null],
    ['photo', 34, ({ photo }) => photo ?? null],
  ]
  return sheetOf(set, 'checkins', { columns, rows: set.checkins() })
}

/** Points where a check-in counts, a mark where it does not, nothing where there is none. */
function matrixSheet(set: ResultSet): Sheet {
  const { source, language } = set
  const t = sheetWords[language]
  const matrix = checkpointMatrix(source, set.results())
  const before: Column<ResultRow>[] = [
    ['class', 16, ({ className }) => said(className, language)],
    ['place', 8, ({ place }) => place],
    ['number', 10, ({ team }) => team],
    ['team', 28, ({ name }) => name],
  ]
  const after: Column<ResultRow>[] = [
    ['total', 10, ({ confirmed, provisional }) => confirmed + provisional],
    ['penalty', 10, ({ penalty }) => -penalty || 0],
    ['adjustment', 10, ({ adjustment }) => adjustment],
    ['net', 10, ({ net }) => net],
    ['state', 14, ({ status }) => t.results[status]],
  ]
  const headed = (columns: typeof before) => columns.map(([heading, width]) => ({ heading: t.heads[heading], width }))
  function* rows(): Generator<SheetCell[]> {
    for (const { result, cells } of matrix.rows) {
      const visits = cells.map((cell): SheetCell => {
        if (cell === null) return null
        return isApproved(cell) ? cell.points : t.marks[cell.status === 'REJECTED' ? 'REJECTED' : 'PENDING']
      })
      const figures = (columns: typeof before) => columns.map(([, , cell]) => cell(result))
      yield [...figures(before), ...visits, ...figures(after)]
    }
  }
  const numbers = matrix.columns.map(({ number }) => ({ heading: number, width: 8 }))
  return { name: t.names.matrix, columns: [...headed(before), ...numbers, ...headed(after)], rows: rows() }
}

function legsSheet(set: ResultSet): Sheet {
  const { language } = set
  const name = (words: Words | null) => (words ? said(words, language) : null)
  const columns: Column<LegRow>[] = [
    ['number', 10, ({ team }) => team],
    ['team', 28, ({ teamName }) => teamName],
    ['leg', 8, ({ leg }) => leg],
    ['from', 10, ({ from }) => from.checkpoint],
    ['fromName', 24, ({ from }) => name(from.name)],
    ['left', 20, ({ from }) => time(from.at)],
    ['to', 10, ({ to }) => to.checkpoint],
    ['toName', 24, ({ to }) => name(to.name)],
    ['reached', 20, ({ to }) => time(to.at)],
    ['used', 12, ({ usedMs }) => span(usedMs)],
    ['straight', 14, ({ straightMeters }) => straightMeters],
    ['speed', 12, ({ speedKmh }) => speedKmh],
  ]
  return sheetOf(set, 'legs', { columns, rows: set.legs() })
}

/** The checkpoints under headings that the console's own import knows. */
function checkpointsSheet(set: ResultSet): Sheet {
  const t = sheetWords[set.language]
  const rows = [...set.source.checkpoints.values()].sort((a, b) => compareNumbers(a.number, b.number))
  const columns: Column<(typeof rows)[number]>[] = [
    ['number', 10, ({ number }) => number],
    ['name', 28, ({ name }) => name.ja],
    ['nameEn', 28, ({ name }) => name.en],
    ['lat', 14, ({ lat }) => lat],
    ['lng', 14, ({ lng }) => lng],
    ['points', 8, ({ points }) => points],
    ['radius', 10, ({ radiusMeters }) => radiusMeters ?? null],
    ['kind', 12, ({ kind }) => t.kinds[kind]],
    ['mustShow', 30, ({ mustShow }) => (mustShow ? said(mustShow, set.language) : null)],
  ]
  return sheetOf(set, 'checkpoints', { columns, rows })
}

/** Who is called to the front. */
function awardsSheet(set: ResultSet, top: number): Sheet {
  const { language } = set
  const t = sheetWords[language]
  const columns: Column<ResultRow>[] = [
    ['class', 16, ({ className }) => said(className, language)],
    ['place', 8, ({ place }) => place],
    ['number', 10, ({ team }) => team],
    ['team', 28, ({ name }) => name],
    ['kana', 20, ({ kana }) => kana],
    ['members', 40, ({ members }) => members.join(t.comma)],
    ['net', 10, ({ net }) => net],
    ['used', 12, ({ usedMs }) => span(usedMs)],
  ]
  return sheetOf(set, 'awards', { columns, rows: awarded(set, top) })
}
