import { createHash } from 'node:crypto'
import { databaseName } from '../../design-docs/databases.ts'
import {
  card as cardSchema,
  type ImageDoc,
  image as imageSchema,
  verdict as verdictSchema,
} from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { cardId, reportId } from '../../design-docs/ids.ts'
import { type Report, report as reportSchema } from '../../design-docs/scoreboards.ts'
import { type Scoreboard, scoreboardOf } from '../../functions/rules/scoreboard-of.ts'
import type { Database } from '../couch/client.ts'
import type { Storage } from '../images/storage.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDoc, readDocs } from '../login/office.ts'
import type { BoardPlan } from './board-plan.ts'
import type { BoardPress } from './board-press.ts'

export type BoardDeps = {
  it: Pick<Installation, 'couch' | 'office' | 'keys' | 'now' | 'random'>
  storage: Storage
  press: BoardPress
  /** The link by which the external system will open the report; absent where there is no such system. */
  outsideLink?(event: string, team: string, standing: Report['outside']): Promise<Report['outside']>
}
export type BoardWish = {
  team: string
  language: 'ja' | 'en'
  /** Made anew unless it was made after this: when it was asked for, so that doing it again after a crash makes no third. */
  reprintFrom?: number | undefined
}

/** Counted up when the same data give another sheet. */
const layout = 2

/**
 * Draws a team's scoreboard, stores it and records it as the team's report. What is on it already is left alone, so that
 * work which is done again after a crash costs a look. ZK-BOARD-001 where there is nothing to put on it.
 */
export async function makeBoard(
  deps: BoardDeps,
  plan: BoardPlan,
  { team, language, reprintFrom }: BoardWish,
): Promise<'done' | 'unchanged'> {
  const { it, storage, press } = deps
  const { code, timeZone } = plan.event
  const desk = it.couch.database(databaseName(code, 'desk'))
  const { board, images } = await readBoard(desk, plan, { team, language })
  const hash = hashOf(board, images, timeZone)
  const before = await readDoc(desk, reportId(team), reportSchema)
  const outside = (await deps.outsideLink?.(code, team, before?.outside)) ?? before?.outside
  const folder = `${code}/scoreboard/${team}/`
  const there = before ? await storage.list(folder) : []
  const isStored = keysOf(before).every((key) => there.includes(key))
  const isSame = before?.hash === hash && isStored && outside?.nonce === before.outside?.nonce
  const isWanted = before && reprintFrom !== undefined && before.madeAt <= reprintFrom
  if (before && isSame && !isWanted) {
    // Whoever recorded it may have ended before the ones of before were gone.
    await dropAllBut(keysOf(before), there)
    return 'unchanged'
  }

  const photos = await readPhotos(desk, images)
  const nowMs = it.now()
  const { pdf, xlsx } = await press.draw({ board, photos, timeZone, nowMs })
  const file = (bytes: Uint8Array, ending: string) => {
    return { storageKey: `${folder}${hash.slice(0, 16)}-${nowMs.toString(36)}.${ending}`, bytes: bytes.length }
  }
  const files = { pdf: file(pdf, 'pdf'), xlsx: file(xlsx, 'xlsx') }
  await storage.put(files.pdf.storageKey, pdf, pdfType)
  await storage.put(files.xlsx.storageKey, xlsx, xlsxType)
  await amendDoc(desk, reportId(team), {
    schema: reportSchema,
    change: (found): Report => ({
      _id: reportId(team),
      type: 'report',
      event: code,
      team,
      version: (found?.version ?? 0) + 1,
      madeAt: nowMs,
      language,
      hash,
      net: board.points.net,
      ...files,
      ...(outside && { outside }),
    }),
  })
  // Those that nothing names any more; one that is being read just now is read to its end.
  await dropAllBut(keysOf(files), await storage.list(folder))
  return 'done'

  async function dropAllBut(kept: readonly string[], keys: readonly string[]): Promise<void> {
    for (const key of keys) if (!kept.includes(key)) await storage.delete(key)
  }
}

const keysOf = (report: Pick<Report, 'pdf' | 'xlsx'> | null) =>
  report ? [report.pdf.storageKey, report.xlsx.storageKey] : []

export const pdfType = 'application/pdf'
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** By photo. */
type Images = ReadonlyMap<string, ImageDoc>

async function readBoard(
  desk: Database,
  { event, checkpoints, standings }: BoardPlan,
  { team, language }: BoardWish,
): Promise<{ board: Scoreboard; images: Images }> {
  const [card, verdicts, images] = await Promise.all([
    readDoc(desk, cardId(team), cardSchema),
    readDocs(desk, `verdict:${team}`, verdictSchema),
    readDocs(desk, `image:${team}`, imageSchema),
  ])
  const board = card && scoreboardOf({ event, checkpoints, card, verdicts, standings: standings(card), language })
  if (!board) throw new AppError('ZK-BOARD-001', { figures: { team } })
  const shown = new Set(board.rows.map(({ photo }) => photo))
  return { board, images: new Map(images.filter(({ photo }) => shown.has(photo)).map((one) => [one.photo, one])) }
}

/** Everything that is on the sheet, the pictures by what CouchDB says of their bytes. */
function hashOf(board: Scoreboard, images: Images, timeZone: string): string {
  const pictures = [...images.values()].map(({ photo, _attachments }) => [photo, _attachments?.thumbnail?.digest])
  return createHash('sha256').update(JSON.stringify({ layout, timeZone, board, pictures })).digest('hex')
}

async function readPhotos(desk: Database, images: Images): Promise<Record<string, Uint8Array>> {
  const found = await Promise.all(
    [...images.values()].map(async ({ _id, photo, _attachments }) => {
      const bytes = _attachments?.thumbnail ? await desk.attachment(_id, 'thumbnail') : null
      return bytes ? [[photo, bytes] as const] : []
    }),
  )
  return Object.fromEntries(found.flat())
}
