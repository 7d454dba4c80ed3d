/** A line of a table: where it began in the file, and its cells. */
export type CsvLine = { line: number; cells: string[] }

/**
 * Cells of a CSV by RFC 4180, delimited by whichever of comma, tab and semicolon the first line has most of.
 * Quoted cells may hold delimiters, doubled quotes and line ends. Lines without any content are left out.
 */
export function parseCsv(text: string): CsvLine[] {
  const delimiter = delimiterOf(text)
  const lines: CsvLine[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let began = 1
  const endCell = () => {
    cells.push(cell.trim())
    cell = ''
  }
  const endLine = () => {
    endCell()
    if (cells.some(Boolean)) lines.push({ line: began, cells })
    cells = []
    began = line
  }
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (char === '\n') line++
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[i + 1] === '"') cell += text[++i]
      else quoted = false
    } else if (char === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
    } else if (char === delimiter) endCell()
    else if (char === '\n') endLine()
    else if (char === '\r') {
      if (text[i + 1] !== '\n') {
        line++
        endLine()
      }
    } else cell += char
  }
  endLine()
  return lines
}

function delimiterOf(text: string): string {
  const head = text.slice(0, text.search(/[\r\n]|$/))
  const count = (char: string) => head.split(char).length
  return [',', '\t', ';'].reduce((best, char) => (count(char) > count(best) ? char : best))
}
