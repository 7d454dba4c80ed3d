import type { ImportNote, importFormats, LeftOutColumn } from '../../design-docs/imports.ts'
import type { CheckpointDoc } from '../../design-docs/plan.ts'
import { child, childText, descendants, parseXml, type XmlElement } from './parse-xml.ts'
import { folded, readTable } from './table-columns.ts'
import { unreadableFile } from './unreadable-file.ts'

/** A checkpoint as a file gives it, all in words still; `undefined` where the file says nothing. */
export type RawCheckpoint = {
  line: number
  number: string
  name?: string | undefined
  nameEn?: string | undefined
  lat: string
  lng: string
  points?: string | undefined
  radiusMeters?: string | undefined
  kind?: string | undefined
  mustShow?: string | undefined
  /** What is wrong with its line as a whole. */
  notes?: ImportNote[]
}
export type RawFile = {
  format: (typeof importFormats)[number]
  checkpoints: RawCheckpoint[]
  leftOut: LeftOutColumn[]
}

/** Reads a list of checkpoints out of CSV, GPX or IOF XML 3.0 CourseData; what is none of them, or empty, is refused. */
export function readCheckpoints(text: string): RawFile {
  if (!/^\s*</.test(text)) return fromCsv(text)
  const root = rootOf(text)
  const format = formats[root.name]
  if (!format) throw unreadableFile('unknown-format', { is: root.name.slice(0, 40) })
  const checkpoints = format === 'gpx' ? descendants(root, 'wpt').map(fromWaypoint) : fromCourseData(root)
  if (checkpoints.length === 0) throw unreadableFile('no-lines')
  return { format, checkpoints, leftOut: [] }
}

const formats: Record<string, 'gpx' | 'iof-xml' | undefined> = { gpx: 'gpx', CourseData: 'iof-xml' }

function rootOf(text: string): XmlElement {
  try {
    return parseXml(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw unreadableFile('not-well-formed', { line: Number(/\d+/.exec(error.message)?.[0] ?? 1) })
  }
}

const headings = {
  number: ['number', 'no', 'cp', 'id', 'code', '番号', 'cp番号', 'チェックポイント番号', 'コード'],
  name: ['name', 'nameja', 'title', '名前', '名称', 'チェックポイント名', '場所'],
  nameEn: ['nameen', 'english', '英語名', '名称英語'],
  lat: ['lat', 'latitude', '緯度'],
  lng: ['lng', 'lon', 'long', 'longitude', '経度'],
  points: ['points', 'score', 'point', '点数', '得点', 'ポイント'],
  radiusMeters: ['radius', 'radiusmeters', '半径', '許容半径'],
  kind: ['kind', 'type', '種類', '種別', '区分'],
  mustShow: ['mustshow', '写るもの', '写るべき人', '撮影条件'],
} as const

function fromCsv(text: string): RawFile {
  const { rows, leftOut } = readTable(text, headings)
  return {
    format: 'csv',
    leftOut,
    checkpoints: rows.map(({ line, notes, cell, amount }) => ({
      line,
      notes,
      number: cell('number') ?? '',
      name: cell('name'),
      nameEn: cell('nameEn'),
      lat: amount('lat') ?? '',
      lng: amount('lng') ?? '',
      points: amount('points'),
      radiusMeters: amount('radiusMeters'),
      kind: cell('kind'),
      mustShow: cell('mustShow'),
    })),
  }
}

/** GPX has no points: a description such as "30点" or "30 points" says them. https://www.topografix.com/GPX/1/1/ */
function fromWaypoint(waypoint: XmlElement): RawCheckpoint {
  const [, number = '', rest = ''] =
    /^\s*(?:cp)?\s*([a-z0-9]{1,12})(?:[\s:.・-]+(.*))?$/is.exec(childText(waypoint, 'name')) ?? []
  const description = childText(waypoint, 'desc') || childText(waypoint, 'cmt')
  const points = /(\d+)\s*(?:点|pts?\b|points?\b)/i.exec(description)?.[1]
  return {
    line: waypoint.line,
    number: number || childText(waypoint, 'name'),
    name: rest.trim() || (points === undefined ? description : '') || undefined,
    lat: waypoint.attributes.lat ?? '',
    lng: waypoint.attributes.lon ?? '',
    points,
  }
}

/** A control may have people or not: the format does not say, so one that stands stays as it is. */
const kinds: Record<string, string> = { Start: 'start', Finish: 'goal' }

/** Controls with their scores. https://github.com/international-orienteering-federation/datastandard-v3 */
function fromCourseData(root: XmlElement): RawCheckpoint[] {
  const scores = new Map<string, string>()
  for (const one of descendants(root, 'CourseControl')) {
    const score = childText(one, 'Score')
    if (score) scores.set(childText(one, 'Control'), score)
  }
  const controls = descendants(root, 'RaceCourseData').flatMap(({ children }) =>
    children.filter((one) => one.name === 'Control'),
  )
  return controls.map((control) => {
    const id = childText(control, 'Id')
    const position = child(control, 'Position')
    const kind = kinds[control.attributes.type ?? 'Control']
    return {
      line: control.line,
      number: id,
      name: nameIn(control, 'ja') || childText(control, 'Name') || undefined,
      nameEn: nameIn(control, 'en') || undefined,
      lat: position?.attributes.lat ?? '',
      lng: position?.attributes.lng ?? '',
      points: scores.get(id) ?? (kind === undefined ? undefined : '0'),
      kind,
    }
  })
}

const nameIn = ({ children }: XmlElement, language: string) =>
  children.find(({ name, attributes }) => name === 'Name' && attributes.language === language)?.text.trim()

const kindNames: Record<CheckpointDoc['kind'], readonly string[]> = {
  photo: ['photo', '写真', '撮影', 'control'],
  staffed: ['staffed', '有人', 'スタッフ'],
  start: ['start', 'スタート', '開始'],
  goal: ['goal', 'finish', 'ゴール', '終了', 'フィニッシュ'],
}
const kindOf = (text: string) =>
  (Object.keys(kindNames) as CheckpointDoc['kind'][]).find((kind) =>
    kindNames[kind].some((name) => folded(name) === folded(text)),
  )

/** Not what else a program takes for a number, such as 0x10 and 1e3. */
const decimal = /^[+-]?\d+(\.\d+)?$/

/** The document a raw checkpoint becomes over the one that stands, and what is wrong or guessed. */
export function toCheckpoint(
  raw: RawCheckpoint,
  event: string,
  standing: CheckpointDoc | undefined,
): { doc: CheckpointDoc | null; notes: ImportNote[] } {
  const notes = [...(raw.notes ?? [])]
  const number = raw.number.normalize('NFKC').trim().toUpperCase()
  if (number === '') notes.push({ field: 'number', problem: 'missing' })
  else if (!/^[A-Z0-9]{1,12}$/.test(number)) notes.push({ field: 'number', problem: 'not-a-code' })

  const amount = (field: string, text: string | undefined, range: { min: number; max: number; whole?: true }) => {
    const written = (text ?? '').normalize('NFKC').trim()
    const value = decimal.test(written) ? Number(written) : Number.NaN
    if (written === '') notes.push({ field, problem: 'missing' })
    else if (Number.isNaN(value) || (range.whole && !Number.isInteger(value)))
      notes.push({ field, problem: 'not-a-number' })
    else if (value < range.min || value > range.max) notes.push({ field, problem: 'out-of-range' })
    return value
  }
  const lat = amount('lat', raw.lat, { min: -90, max: 90 })
  const lng = amount('lng', raw.lng, { min: -180, max: 180 })
  const kind = raw.kind ? kindOf(raw.kind) : (standing?.kind ?? 'photo')
  if (kind === undefined) notes.push({ field: 'kind', problem: 'unknown-kind' })
  const points = pointsOf()
  const radiusMeters = raw.radiusMeters
    ? amount('radiusMeters', raw.radiusMeters, { min: 1, max: 10_000 })
    : standing?.radiusMeters
  const name = raw.name?.trim() || standing?.name.ja || `CP ${number}`
  if (name.length > 200) notes.push({ field: 'name', problem: 'too-long' })
  if (raw.nameEn && raw.nameEn.length > 200) notes.push({ field: 'nameEn', problem: 'too-long' })
  if (raw.mustShow && raw.mustShow.length > 2000) notes.push({ field: 'mustShow', problem: 'too-long' })

  if (notes.some(({ problem }) => problem) || kind === undefined) return { doc: null, notes }
  const english = raw.nameEn?.trim() || (standing?.name.ja === name ? standing.name.en : name)
  return {
    notes,
    doc: {
      ...(standing ?? { _id: `checkpoint:${number}`, type: 'checkpoint', event, number }),
      name: { ja: name, en: english },
      lat,
      lng,
      points,
      kind,
      ...(radiusMeters !== undefined && { radiusMeters }),
      ...(raw.mustShow && { mustShow: { ja: raw.mustShow, en: raw.mustShow } }),
    },
  }

  /** Where the file is silent: as it stands, or the number itself, as is the custom where points are printed as numbers. */
  function pointsOf(): number {
    if (raw.points !== undefined && raw.points !== '')
      return amount('points', raw.points, { min: 0, max: 100_000, whole: true })
    if (standing) return standing.points
    const guess = kind === 'start' || kind === 'goal' ? 0 : Number(number)
    if (!Number.isInteger(guess)) notes.push({ field: 'points', problem: 'missing' })
    else notes.push({ field: 'points', is: String(guess), assumed: true })
    return guess
  }
}
