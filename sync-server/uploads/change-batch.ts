import { AppError } from '../../design-docs/errors.ts'
import type { BatchChange, BatchDoc, BatchFile, ChoicesMade, FileChoice } from '../../design-docs/uploads.ts'
import { pictureTime } from '../../functions/rules/picture-time.ts'
import { inParallel } from '../feed/in-parallel.ts'
import { writeAudit } from '../login/office.ts'
import { readPlan } from '../results/save-plan.ts'
import { amendBatch, amendFile, deskOf, type OfBatch, readFiles } from './batches.ts'
import type { Uploads } from './take-file.ts'

/** Writes down what a person says about some files; those that are check-ins already stay as they are. */
export async function chooseForFiles({ it }: Pick<Uploads, 'it'>, of: OfBatch, made: ChoicesMade): Promise<void> {
  await inParallel(made.files, 8, (sha256) =>
    amendFile(it.couch, { ...of, sha256 }, (found) =>
      found && !found.taken ? { ...found, choice: chosen(found.choice, made.choice) } : null,
    ),
  )
}

function chosen(before: FileChoice, choice: ChoicesMade['choice']): FileChoice {
  const all = Object.entries({ ...before, ...choice })
  return Object.fromEntries(all.filter(([, value]) => value !== null && value !== undefined && value !== false))
}

/**
 * Names the team of files without one, and measures the camera's clock by the photo of another. ZK-UPLOAD-002 when
 * there are check-ins by the old clock; ZK-PLAN-002 when that photo has no time.
 */
export async function changeBatch(
  { it }: Pick<Uploads, 'it'>,
  of: OfBatch,
  { team, clock }: BatchChange,
): Promise<BatchDoc> {
  const measured = clock ? { ...clock, errorMs: await clockError({ it }, of, clock) } : clock
  if (clock !== undefined && (await readFiles(it.couch, of)).some(({ taken }) => taken))
    throw new AppError('ZK-UPLOAD-002')
  return await amendBatch(it.couch, of, (found) => {
    const { team: teamBefore, clock: clockBefore, ...rest } = found
    const [teamNow, clockNow] = [
      team === undefined ? teamBefore : team,
      measured === undefined ? clockBefore : measured,
    ]
    return { ...rest, ...(teamNow && { team: teamNow }), ...(clockNow && { clock: clockNow }) }
  })
}

async function clockError(
  { it }: Pick<Uploads, 'it'>,
  of: OfBatch,
  clock: { file: string; shownAt: number },
): Promise<number> {
  const [files, { event }] = await Promise.all([readFiles(it.couch, of), readPlan(it.couch, of.event)])
  const file = files.find(({ sha256 }) => sha256 === clock.file)
  const cameraAt = file ? pictureTime(file.told, event.timeZone) : null
  if (cameraAt === null)
    throw new AppError('ZK-PLAN-002', { figures: { fields: [{ field: 'clock.file', problem: 'missing' }] } })
  return cameraAt - clock.shownAt
}

/**
 * Throws away what no check-in was made of, and the batch with it when nothing is left. Bytes that another batch has,
 * too, stay.
 */
export async function discardRest({ it, storage }: Uploads, of: OfBatch, by: string): Promise<void> {
  const desk = deskOf(it.couch, of.event)
  const files = await readFiles(it.couch, of)
  const going = files.filter(({ taken }) => !taken)
  const others = new Set((await desk.all({ startkey: 'batch-file:', endkey: 'batch-file;' })).map(({ id }) => id))
  for (const file of going) {
    await desk.put({ _id: file._id, _rev: file._rev, _deleted: true })
    others.delete(file._id)
    if (file.storageKey && !isElsewhere(file, others)) await storage.delete(file.storageKey)
  }
  if (going.length === files.length) {
    const { _id, _rev } = await amendBatch(it.couch, of, (found) => found)
    await desk.put({ _id, _rev, _deleted: true })
  }
  await writeAudit(it.office, it.now(), {
    by,
    event: of.event,
    action: 'photos-discarded',
    about: `batch:${of.batch}`,
    details: { files: going.length, names: going.slice(0, 200).map(({ paths }) => paths[0] ?? '') },
  })
}

const isElsewhere = ({ sha256 }: BatchFile, ids: ReadonlySet<string>) => [...ids].some((id) => id.endsWith(sha256))
