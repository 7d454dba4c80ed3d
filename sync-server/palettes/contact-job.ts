import sharp from 'sharp'
import { databaseName } from '../../design-docs/databases.ts'
import { paletteId, portraitId } from '../../design-docs/ids.ts'
import type { PaletteDoc, PortraitDoc } from '../../design-docs/palettes.ts'
import type { ContactCell } from '../../functions/rules/contact-sheet.ts'
import type { Couch, Database } from '../couch/client.ts'
import { inParallel } from '../feed/in-parallel.ts'
import type { PrintJob } from '../print/print-job.ts'
import { visitorRows } from './visitors.ts'

type Asked = Parameters<typeof visitorRows>[0] & { language: 'ja' | 'en' }
type Contacts = Extract<PrintJob, { kind: 'contacts' }>

const side = 240
const atOnce = 4

/** Every portrait that there is, as a job for the printer, without the pictures; those on their way are on the next sheet. */
export async function contactJob(asked: Asked): Promise<Omit<Contacts, 'title' | 'nowMs'>> {
  const { it, event, language } = asked
  const desk = it.couch.database(databaseName(event, 'desk'))
  const names = new Map(
    (await docsOf<PaletteDoc>(desk, paletteId(''))).map(({ photo, name }) => [
      photo,
      name[language] || name.ja || name.en,
    ]),
  )
  const portraits = new Map((await docsOf<PortraitDoc>(desk, portraitId(''))).map((doc) => [doc.team, doc]))
  const { visitors } = await visitorRows(asked)
  const cells = visitors.flatMap(({ team, name, palettes, mark }): ContactCell[] => {
    const pictures = mark === null ? undefined : portraits.get(team)?._attachments
    if (!pictures?.before) return []
    const said = palettes.flatMap((one) => names.get(one) ?? []).join(language === 'ja' ? '、' : ', ')
    const after = pictures.after ? `${portraitId(team)}/after` : null
    return [{ team, name, palettes: said, before: `${portraitId(team)}/before`, after }]
  })
  return { kind: 'contacts', cells, photos: {} }
}

async function docsOf<T>(desk: Database, prefix: string): Promise<T[]> {
  const rows = await desk.all({ startkey: prefix, endkey: `${prefix}\ufff0`, includeDocs: true })
  return rows.flatMap(({ doc }) => (doc ? [doc as unknown as T] : []))
}

/** The same job with its pictures as they are now; a portrait that has gone since leaves its place without them. */
export async function withPortraits(couch: Couch, event: string, job: Contacts): Promise<Contacts> {
  const desk = couch.database(databaseName(event, 'desk'))
  const photos: Record<string, Uint8Array> = {}
  const names = job.cells.flatMap(({ before, after }) => [before, ...(after === null ? [] : [after])])
  await inParallel(names, atOnce, async (path) => {
    const at = path.lastIndexOf('/')
    const bytes = await desk.attachment(path.slice(0, at), path.slice(at + 1))
    if (bytes) photos[path] = await onWhite(bytes)
  })
  return { ...job, photos }
}

const onWhite = (bytes: Uint8Array) =>
  sharp(bytes)
    .resize({ width: side, height: side, fit: 'contain', background: 'white' })
    .flatten({ background: 'white' })
    .jpeg({ quality: 80 })
    .toBuffer()
