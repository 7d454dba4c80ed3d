import type { ResultRow } from '../../functions/rules/results-table.ts'
import { resultWords } from './html-words.ts'
import type { ResultSet } from './result-set.ts'
import { spanText, timeText } from './sheet.ts'
import { sheetWords } from './sheet-words.ts'
import { said } from './sheets.ts'
import { xmlText } from './xml-text.ts'

const style = `
:root { color-scheme: light dark; font-family: system-ui, "Hiragino Sans", "Noto Sans JP", sans-serif; line-height: 1.5; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .5rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: start; font-size: 1.25rem; font-weight: bold; padding-block: 1rem .5rem; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); text-align: start; }
.number { text-align: end; white-space: nowrap; }
th[scope=row] { font-weight: normal; overflow-wrap: anywhere; }
@media print {
  :root { color-scheme: light; font-size: 9pt; }
  body { max-width: none; padding: 0; }
  nav { display: none; }
  .scroll { overflow: visible; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  section + section { break-before: page; }
  @page { size: A4; margin: 12mm; }
}
`

const columns = ['place', 'number', 'team', 'net', 'penalty', 'checkpoints', 'finish', 'used', 'state'] as const

/**
 * The results as one page without script or anything from elsewhere, to be put on any server or sent by mail. It names
 * teams, not their members.
 */
export function* htmlFile(set: ResultSet): Generator<string> {
  const { source, language, nowMs } = set
  const { event } = source
  const t = resultWords[language]
  const heads = sheetWords[language].heads
  const title = t.title(said(event.name, language))
  yield `<!doctype html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8">\n`
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
  yield `<title>${xmlText(title)}</title>\n<style>${style}</style>\n</head>\n<body>\n<header>\n<h1>${xmlText(title)}</h1>\n`
  yield `<p>${xmlText(t.asOf(`${timeText(nowMs, event.timeZone)} (${event.timeZone})`))}</p>\n</header>\n`
  const shown = set.ranked.filter(({ id }) => some(set, id))
  const links = shown.map(({ id, name }) => `<li><a href="#${id}">${xmlText(said(name, language))}</a></li>`)
  if (links.length > 1) yield `<nav aria-label="${xmlText(t.classes)}"><ul>${links.join('')}</ul></nav>\n`
  yield '<main>\n'
  if (shown.length === 0) yield `<p>${xmlText(t.none)}</p>\n`
  let open: string | null = null
  for (const row of set.results()) {
    if (row.classId !== open) {
      if (open !== null) yield endOfTable
      open = row.classId
      const head = columns.map((column) => `<th scope="col"${numeric(column)}>${xmlText(heads[column])}</th>`)
      const name = xmlText(said(row.className, language))
      yield `<section id="${open}">\n<div class="scroll" tabindex="0" role="region" aria-label="${name}">\n`
      yield `<table>\n<caption>${name}</caption>\n<thead><tr>${head.join('')}</tr></thead>\n<tbody>\n`
    }
    yield rowHtml(row, set)
  }
  if (open !== null) yield endOfTable
  yield '</main>\n</body>\n</html>\n'
}

const endOfTable = '</tbody>\n</table>\n</div>\n</section>\n'

function some(set: ResultSet, classId: string): boolean {
  for (const row of set.results()) if (row.classId === classId) return true
  return false
}

const numeric = (column: string) => (column === 'team' || column === 'state' ? '' : ' class="number"')

function rowHtml(row: ResultRow, { source, language }: ResultSet): string {
  const { timeZone } = source.event
  const cells: Record<(typeof columns)[number], string | number> = {
    place: row.place ?? '',
    number: row.team,
    team: row.name,
    net: row.net,
    penalty: -row.penalty || 0,
    checkpoints: row.checkpoints,
    finish: row.goalAt === null ? '' : timeText(row.goalAt, timeZone).slice(11),
    used: row.usedMs === null ? '' : spanText(row.usedMs),
    state: row.status === 'placed' ? '' : sheetWords[language].results[row.status],
  }
  const said = columns.map((column) =>
    column === 'team'
      ? `<th scope="row">${xmlText(cells.team)}</th>`
      : `<td${numeric(column)}>${xmlText(cells[column])}</td>`,
  )
  return `<tr>${said.join('')}</tr>\n`
}
