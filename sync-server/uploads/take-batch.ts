import type { BatchFile } from '../../design-docs/uploads.ts'
import { writeAudit } from '../login/office.ts'
import { writeFactsOnce } from '../setup/write-facts-once.ts'
import { type BatchRows, batchRows, type RowWorld } from './batch-rows.ts'
import { amendFile, deskOf, type OfBatch } from './batches.ts'
import type { Uploads } from './take-file.ts'
import { isWhole, uploadFacts, uploadIds } from './upload-facts.ts'

/** Few enough to be written within a second, so that progress is seen and a lost answer costs little. */
const slice = 50

export type Taken = { taken: number; left: number; rows: BatchRows }

/**
 * Makes check-ins of the next files of a batch that need nothing more; to be called until none are left. Facts go first:
 * broken off, the next call writes the same ones, finds them there, and notes what was not noted.
 */
export async function takeBatch({ it }: Pick<Uploads, 'it'>, world: RowWorld, of: OfBatch): Promise<Taken> {
  const rows = await batchRows(world, of)
  const ready = rows.rows.filter(({ state }) => state === 'ready')
  const now = ready.slice(0, slice)
  const files = now.flatMap(({ sha256 }) => rows.files.get(sha256) ?? [])
  const desk = deskOf(it.couch, of.event)
  const prepared = await Promise.all(
    files.map(async (file) => {
      const placed = rows.placed.get(file.sha256)
      if (!placed || !isWhole(placed)) return null
      const preview = file._attachments?.preview ? await desk.attachment(file._id, 'preview') : null
      return { file, team: placed.team, facts: uploadFacts(file, placed, { ...world.writing, preview }) }
    }),
  )
  const whole = prepared.filter((one) => one !== null)
  const before = await writeFactsOnce(
    it.couch,
    of.event,
    whole.flatMap(({ facts }) => facts),
  )
  await Promise.all(whole.map(({ file, team }) => noteTaken({ it }, of, { file, team, before, at: it.now() })))
  if (whole.length > 0) {
    const { by } = world.writing.author
    const details = { files: whole.length, teams: [...new Set(whole.map(({ team }) => team))].slice(0, 100) }
    await writeAudit(it.office, it.now(), {
      by,
      event: of.event,
      action: 'photos-taken',
      about: `batch:${of.batch}`,
      details,
    })
  }
  return { taken: whole.length, left: ready.length - now.length, rows }
}

async function noteTaken(
  { it }: Pick<Uploads, 'it'>,
  of: OfBatch,
  { file, team, before, at }: { file: BatchFile; team: string; before: ReadonlySet<string>; at: number },
): Promise<void> {
  const ids = uploadIds(of.event, team, file.sha256)
  const taken = { team, checkin: ids.checkin, photo: ids.photo, at, before: before.has(ids.checkin) }
  await amendFile(it.couch, { ...of, sha256: file.sha256 }, (found) =>
    found && !found.taken ? { ...found, taken } : null,
  )
}
