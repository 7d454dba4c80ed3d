import { unguarded } from './formula-guard.ts'
import { unreadableFile } from './unreadable-file.ts'

/** A line of a table: where it began in the file, its cells, and whether anything follows a cell's closing quote. */
export type CsvLine = { line: number; cells: string[]; afterQuote?: true }

/**
 * Cells of a CSV by RFC 4180, delimited by whichever of comma, tab and semicolon the headings have most of, or by what
 * Excel's line `sep=` says. Quoted cells may hold delimiters, doubled quotes and line ends. Lines without any content
 * are left out, and so is the apostrophe that keeps a cell from being a formula. A quote that nothing closes would swallow all that follows, so the file is refused.
 */
export function parseCsv(text: string): CsvLine[] {
  const delimiter = delimiterOf(text)
  const lines: CsvLine[] = []
  let cells: string[] = []
  let cell = ''
  let state: 'plain' | 'quoted' | 'closed' = 'plain'
  let afterQuote = false
  let line = 1
  let began = 1
  let quotedSince = 1
  const endCell = () => {
    cells.push(unguarded(cell.trim()))
    cell = ''
    state = 'plain'
  }
  const endLine = () => {
    endCell()
    if (cells.some(Boolean)) lines.push({ line: began, cells, ...(afterQuote && { afterQuote }) })
    cells = []
    afterQuote = false
    began = line
  }
  for (let i = declaration.exec(text)?.[0].length ?? 0; i < text.length; i++) {
    const char = text[i]!
    const endsLine = char === '\n' || (char === '\r' && text[i + 1] !== '\n')
    if (endsLine) line++
    if (state === 'quoted') {
      if (char !== '"') cell += char
      else if (text[i + 1] === '"') cell += text[++i]
      else state = 'closed'
    } else if (char === '"' && state === 'plain' && cell.trim() === '') {
      cell = ''
      state = 'quoted'
      quotedSince = line
    } else if (char === delimiter) endCell()
    else if (endsLine) endLine()
    else if (char !== '\r') {
      if (state === 'closed' && char.trim() !== '') afterQuote = true
      cell += char
    }
  }
  if (state === 'quoted') throw unreadableFile('unclosed-quote', { line: quotedSince })
  endLine()
  return lines
}

const declaration = /^\s*"?sep=(.)"?[^\S\r\n]*(?=[\r\n]|$)/i

/** What parts the cells of this CSV. */
export function delimiterOf(text: string): string {
  const declared = declaration.exec(text)?.[1]
  if (declared !== undefined) return declared
  const [head = ''] = /[^\r\n]+/.exec(text.replaceAll(/"[^"]*"/g, '')) ?? []
  const count = (char: string) => head.split(char).length
  return [',', '\t', ';'].reduce((best, char) => (count(char) > count(best) ? char : best))
}
