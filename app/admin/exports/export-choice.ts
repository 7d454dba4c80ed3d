import { type ExportFile, exportNames } from '../../../design-docs/export-files.ts'
import { overallId } from '../../../design-docs/ids.ts'
import { filterKeys } from './exports-path.ts'

/** What the screen has chosen; an empty text is no choice. */
export type ExportChoice = {
  content: string
  format: string
  language: 'ja' | 'en'
  encoding: 'utf-8' | 'shift-jis'
  class: string
  /** Which rankings: of a snapshot, `published`, or empty for the live ones. */
  snapshot: string
  result: string
  status: string
  reason: string
  device: string
  team: string
  checkpoint: string
  words: string
  top: number | undefined
  each: 'team' | 'member'
}

/** The formats of each content, in the order of the table. */
export const contents = exportNames.reduce((found, name) => {
  const [content = '', format = ''] = name.split('.')
  return found.set(content, [...(found.get(content) ?? []), format])
}, new Map<string, string[]>())

/** At first what the address says, such as a class or words that another screen was showing. */
export function firstChoice(query: Record<string, string>, language: 'ja' | 'en'): ExportChoice {
  const content = contents.has(query.content ?? '') ? query.content! : 'results'
  return {
    content,
    format: contents.get(content)![0]!,
    language,
    encoding: 'utf-8',
    class: query.class ?? '',
    snapshot: query.snapshot ?? '',
    result: query.result ?? '',
    status: query.status ?? '',
    reason: query.reason ?? '',
    device: query.device ?? '',
    team: query.team ?? '',
    checkpoint: query.checkpoint ?? '',
    words: query.words ?? '',
    top: 3,
    each: 'team',
  }
}

/** What is told of rankings: over all too, and as they once were. */
export const ranked: ReadonlySet<string> = new Set(['results', 'awards', 'certificates'])

export const hasTop = ({ content }: ExportChoice) => content === 'awards' || content === 'certificates'

export const fileOf = ({ content, format }: ExportChoice) => `${content}.${format}` as ExportFile

/** The path of the file that is chosen. */
export const pathOf = (event: string, choice: ExportChoice, unwritable?: 'number'): string =>
  `/api/events/${event}/exports/${fileOf(choice)}?${queryOf(choice, unwritable)}`

/** What is asked for, with nothing in it that this file does not need. */
export function queryOf(choice: ExportChoice, unwritable?: 'number'): URLSearchParams {
  const { language, format, encoding, top, each } = choice
  const query = new URLSearchParams({ language })
  for (const key of filterKeys) {
    const value = choice[key].trim()
    // Check-ins are of no ranking: an overall one means all of them.
    if (!ranked.has(choice.content) && (key === 'snapshot' || value === overallId)) continue
    if (value !== '') query.set(key, value)
  }
  if (format === 'csv') query.set('encoding', encoding)
  if (format === 'csv' && unwritable) query.set('unwritable', unwritable)
  if (hasTop(choice) && top !== undefined) query.set('top', String(top))
  if (choice.content === 'certificates') query.set('each', each)
  return query
}
