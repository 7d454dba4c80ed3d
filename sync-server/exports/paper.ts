import type { CertificateTemplate, ExportQuery } from '../../design-docs/exports.ts'
import type { PaperFile } from '../../design-docs/papers.ts'
import { filledCertificate } from '../../functions/rules/certificates.ts'
import type { PaperTable } from '../../functions/rules/paper-tables.ts'
import type { ResultRow } from '../../functions/rules/results-table.ts'
import type { PrintJob } from '../print/print-job.ts'
import { awarded } from './awarded.ts'
import { resultWords } from './html-words.ts'
import type { ResultSet } from './result-set.ts'
import { spanText, timeText } from './sheet.ts'
import { sheetWords } from './sheet-words.ts'
import { said } from './sheets.ts'

type Heads = (typeof sheetWords)['en']['heads']
type Column = readonly [
  heading: keyof Heads,
  share: number,
  align: 'start' | 'middle',
  text: (row: ResultRow) => string,
]

/** Rankings of the classes for the wall: teams, not their members. */
function rankingsJob(set: ResultSet): PrintJob {
  const { source, language } = set
  const t = sheetWords[language]
  const clock = (at: number | null) => (at === null ? '' : timeText(at, source.event.timeZone).slice(11))
  return tablesJob(set, set.results(), [
    ['place', 10, 'middle', ({ place }) => (place === null ? '' : String(place))],
    ['number', 14, 'middle', ({ team }) => team],
    ['team', 60, 'start', ({ name }) => name],
    ['net', 16, 'middle', ({ net }) => String(net)],
    ['penalty', 14, 'middle', ({ penalty }) => String(-penalty || 0)],
    ['checkpoints', 14, 'middle', ({ checkpoints }) => String(checkpoints)],
    ['finish', 20, 'middle', ({ goalAt }) => clock(goalAt)],
    ['used', 18, 'middle', ({ usedMs }) => (usedMs === null ? '' : spanText(usedMs))],
    ['state', 20, 'start', ({ status }) => (status === 'placed' ? '' : t.results[status])],
  ])
}

/** Who is called to the front, with names and how they are read. */
function awardsJob(set: ResultSet, top: number): PrintJob {
  const { comma } = sheetWords[set.language]
  return tablesJob(set, awarded(set, top), [
    ['place', 10, 'middle', ({ place }) => String(place)],
    ['number', 14, 'middle', ({ team }) => team],
    ['team', 50, 'start', ({ name, kana }) => (kana ? `${name} (${kana})` : name)],
    ['members', 70, 'start', ({ members }) => members.join(comma)],
    ['net', 16, 'middle', ({ net }) => String(net)],
    ['used', 18, 'middle', ({ usedMs }) => (usedMs === null ? '' : spanText(usedMs))],
  ])
}

function tablesJob(set: ResultSet, rows: Iterable<ResultRow>, columns: readonly Column[]): PrintJob {
  const { source, language, nowMs } = set
  const { event } = source
  const heads = sheetWords[language].heads
  const tables = new Map<string, PaperTable & { rows: string[][] }>()
  for (const row of rows) {
    const table = tables.get(row.classId) ?? {
      heading: said(row.className, language),
      columns: columns.map(([heading, share, align]) => ({ heading: heads[heading], share, align })),
      rows: [],
    }
    table.rows.push(columns.map(([, , , text]) => text(row)))
    tables.set(row.classId, table)
  }
  const t = resultWords[language]
  const title = t.title(said(event.name, language))
  const asOf = t.asOf(`${timeText(nowMs, event.timeZone)} (${event.timeZone})`)
  const empty: PaperTable = { heading: t.none, columns: [], rows: [] }
  return { kind: 'tables', title, nowMs, asOf, tables: tables.size > 0 ? [...tables.values()] : [empty] }
}

/** Down to the third place, unless told otherwise. */
export const podium = 3

type PaperWish = { options: Pick<ExportQuery, 'top' | 'each'>; certificate(): Promise<CertificateTemplate> }

/** One of the lists on paper, ready to be drawn. */
export async function paperOf(set: ResultSet, file: PaperFile, { options, certificate }: PaperWish): Promise<PrintJob> {
  const { each, top = podium } = options
  switch (file) {
    case 'results.pdf':
      return rankingsJob(set)
    case 'awards.pdf':
      return awardsJob(set, top)
    case 'certificates.pdf':
      return certificatesJob(set, { template: await certificate(), each, top })
  }
}

type Asked = { template: CertificateTemplate; each: 'team' | 'member'; top: number }

/** A certificate for each team with a place, or for each of its members. */
function certificatesJob(set: ResultSet, { template, each, top }: Asked): PrintJob {
  const { source, language, nowMs } = set
  const { event } = source
  const { comma } = sheetWords[language]
  const words = {
    title: said(template.title, language),
    text: said(template.text, language),
    signature: said(template.signature, language),
  }
  const day = { timeZone: event.timeZone, dateStyle: 'long' } as const
  const date = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', day).format(event.startsAt)
  const certificates = [...awarded(set, top)].flatMap((row) => {
    const values = {
      team: row.name,
      class: said(row.className, language),
      place: String(row.place),
      points: String(row.net),
      time: row.usedMs === null ? '' : spanText(row.usedMs),
      date,
      event: said(event.name, language),
    }
    const people = each === 'member' && row.members.length > 0 ? row.members : [row.members.join(comma)]
    return people.map((members) => filledCertificate(words, { ...values, members }))
  })
  return { kind: 'certificates', title: said(event.name, language), nowMs, certificates }
}
