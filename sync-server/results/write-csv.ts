export type Cell = string | number

/**
 * A table as spreadsheets read it: UTF-8 with its mark, lines ended by CR LF, and every cell in quotes, so that commas,
 * line breaks and quotes within it stay what they are. https://www.rfc-editor.org/rfc/rfc4180
 */
export const writeCsv = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`

const quoted = (cell: Cell) => `"${String(typeof cell === 'number' ? cell : safe(cell)).replaceAll('"', '""')}"`

/**
 * Words that a spreadsheet would take for a formula get an apostrophe before them, signs of full width too.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const safe = (text: string) => (/^\s*[=+\-@＝＋－＠]|^[\t\r]/u.test(text) ? `'${text}` : text)
