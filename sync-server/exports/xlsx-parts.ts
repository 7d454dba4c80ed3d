import { xmlElement, xmlText } from './xml-text.ts'

const schemas = 'http://schemas.openxmlformats.org'
/** Names of what a workbook is made of. https://ecma-international.org/publications-and-standards/standards/ecma-376/ */
export const xlsxNames = {
  main: `${schemas}/spreadsheetml/2006/main`,
  relations: `${schemas}/officeDocument/2006/relationships`,
  packaged: `${schemas}/package/2006`,
  sheetType: 'application/vnd.openxmlformats-officedocument.spreadsheetml',
  declaration: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
} as const
const { main, relations, packaged, sheetType } = xlsxNames

/** `parts`: of which type each is, by its name; `defaults`: what the ending of a name says, besides XML. */
export function contentTypes(
  parts: Readonly<Record<string, string>>,
  defaults: Readonly<Record<string, string>> = {},
): string {
  const all = { rels: 'application/vnd.openxmlformats-package.relationships+xml', xml: 'application/xml', ...defaults }
  const said = [
    ...Object.entries(all).map(([Extension, ContentType]) => xmlElement('Default', { Extension, ContentType })),
    ...Object.entries(parts).map(([PartName, ContentType]) => xmlElement('Override', { PartName, ContentType })),
  ]
  return xmlElement('Types', { xmlns: `${packaged}/content-types` }, said.join(''))
}

export const sheetPart = (name: string) => `${sheetType}.${name}+xml`

/** What a part of the workbook is joined to, by the names that it has for it. */
export function relationships(rows: readonly (readonly [id: string, type: string, target: string])[]): string {
  const said = rows.map(([Id, type, Target]) =>
    xmlElement('Relationship', { Id, Type: `${relations}/${type}`, Target }),
  )
  return xmlElement('Relationships', { xmlns: `${packaged}/relationships` }, said.join(''))
}

export function workbook(names: readonly string[]): string {
  const said = names.map((name, n) =>
    xmlElement('sheet', { name: sheetName(name), sheetId: n + 1, 'r:id': `rId${n + 1}` }),
  )
  return xmlElement('workbook', { xmlns: main, 'xmlns:r': relations }, xmlElement('sheets', {}, said.join('')))
}

/** At most 31 characters and none that Excel needs for references. */
const sheetName = (name: string) => name.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31) || 'Sheet'

/** How cells look: what is in all of them, and the list of looks that `s` counts from 0. */
export const stylesXml = (looks: readonly string[]) =>
  xmlElement(
    'styleSheet',
    { xmlns: main },
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>' +
      '<numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts>' +
      '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
      '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      `<cellXfs count="${looks.length}">${looks.join('')}</cellXfs>` +
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
  )

type Look = { bold?: boolean; format?: 'plain' | 'time' | 'span'; alignment?: string }
const formats = { plain: 0, time: 164, span: 165 } as const
export function lookXml({ bold = false, format = 'plain', alignment }: Look): string {
  const attributes = {
    numFmtId: formats[format],
    fontId: bold ? 1 : 0,
    fillId: 0,
    borderId: 0,
    xfId: 0,
    applyFont: bold ? 1 : undefined,
    applyNumberFormat: format === 'plain' ? undefined : 1,
    applyAlignment: alignment === undefined ? undefined : 1,
  }
  return xmlElement('xf', attributes, alignment)
}

export function columnsXml(widths: readonly number[]): string {
  const said = widths.map((width, n) => xmlElement('col', { min: n + 1, max: n + 1, width, customWidth: 1 }))
  return xmlElement('cols', {}, said.join(''))
}

/** Each cell says where it is: not every reader counts. `height` in points, where it is not the usual one. */
export function rowXml(line: number, cells: readonly string[], height?: number): string {
  const placed = cells.map((cell, n) => cell.replace('<c', `<c r="${columnName(n + 1)}${line}"`))
  const tall = height === undefined ? '' : ` ht="${height}" customHeight="1"`
  return `<row r="${line}"${tall}>${placed.join('')}</row>`
}

/** 1 is A, 27 is AA. */
export function columnName(n: number): string {
  const letter = String.fromCharCode(65 + ((n - 1) % 26))
  return n <= 26 ? letter : columnName(Math.floor((n - 1) / 26)) + letter
}

const longestCell = 32_767

export function textCell(text: string, look: number): string {
  // Excel reads _x000D_ in text as the character of that number, so what only looks like one says its own underscore.
  const kept = text.slice(0, longestCell).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
  return `<c s="${look}" t="inlineStr"><is><t xml:space="preserve">${xmlText(kept)}</t></is></c>`
}

export const numberCell = (value: number, look: number) => `<c s="${look}"><v>${value}</v></c>`
