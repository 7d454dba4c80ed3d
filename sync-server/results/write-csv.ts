/**
 * A table as spreadsheets read it: UTF-8 with its mark, lines ended by CR LF, and every cell in quotes, so that commas,
 * line breaks and quotes within it stay what they are. https://www.rfc-editor.org/rfc/rfc4180
 */
export const writeCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  `\uFEFF${rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`

const quoted = (cell: string | number) => `"${String(cell).replaceAll('"', '""')}"`
