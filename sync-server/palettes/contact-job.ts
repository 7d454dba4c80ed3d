import sharp from 'sharp'
import { databaseName } from '../../design-docs/databases.ts'
import { paletteId, portraitId } from '../../design-docs/ids.ts'
import type { PaletteDoc, PortraitDoc } from '../../design-docs/palettes.ts'
import type { ContactCell } from '../../functions/rules/contact-sheet.ts'
import { inParallel } from '../feed/in-parallel.ts'
import type { PrintJob } from '../print/print-job.ts'
import { visitorRows } from './visitors.ts'

type Asked = Parameters<typeof visitorRows>[0] & { language: 'ja' | 'en' }
type Contacts = Extract<PrintJob, { kind: 'contacts' }>

const side = 240

/** Every portrait that there is, as a job for the printer; those on their way are on the next sheet. */
export async function contactJob(asked: Asked): Promise<Omit<Contacts, 'title' | 'nowMs'>> {
  const { it, event, language } = asked
  const desk = it.couch.database(databaseName(event, 'desk'))
  const prefix = paletteId('')
  const docs = await desk.all({ startkey: prefix, endkey: `${prefix}\ufff0`, includeDocs: true })
  const names = new Map(
    docs.flatMap(({ doc }) => {
      const { photo, name } = (doc ?? {}) as unknown as Partial<PaletteDoc>
      return photo && name ? [[photo, name[language] || name.ja || name.en]] : []
    }),
  )
  const photos: Record<string, Uint8Array> = {}
  const take = async (id: string, name: string): Promise<string | null> => {
    const bytes = await desk.attachment(id, name)
    if (!bytes) return null
    const whole = { width: side, height: side, fit: 'contain', background: 'white' } as const
    photos[`${id}/${name}`] = await sharp(bytes)
      .resize(whole)
      .flatten({ background: 'white' })
      .jpeg({ quality: 80 })
      .toBuffer()
    return `${id}/${name}`
  }
  const { visitors } = await visitorRows(asked)
  const painted = visitors.filter(({ mark }) => mark !== null)
  const cells = await inParallel(painted, 4, async ({ team, name, palettes }): Promise<ContactCell[]> => {
    const id: PortraitDoc['_id'] = portraitId(team)
    const before = await take(id, 'before')
    const said = palettes.flatMap((one) => names.get(one) ?? []).join(language === 'ja' ? '、' : ', ')
    return before ? [{ team, name, palettes: said, before, after: await take(id, 'after') }] : []
  })
  return { kind: 'contacts', cells: cells.flat(), photos }
}
