import { AppError } from '../../design-docs/errors.ts'
import type {
  BatchChange,
  BatchDoc,
  BatchFile,
  ChoicesMade,
  ClockError,
  FileChoice,
} from '../../design-docs/uploads.ts'
import { cameraOf } from '../../functions/rules/camera-of.ts'
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
 * Names the team of files without one, and measures a camera's clock by its own photo of another. ZK-UPLOAD-002 when
 * there are check-ins by that camera's old clock; ZK-PLAN-002 when the photo has no time.
 */
export async function changeBatch(
  { it }: Pick<Uploads, 'it'>,
  of: OfBatch,
  { team, clock }: BatchChange,
): Promise<BatchDoc> {
  const measured = clock && (await measure({ it }, of, clock))
  return await amendBatch(it.couch, of, (found) => {
    const { team: teamBefore, clocks: clocksBefore = [], ...rest } = found
    const teamNow = team === undefined ? teamBefore : team
    const clocks = measured
      ? [
          ...clocksBefore.filter(({ camera }) => camera !== measured.camera),
          ...(measured.error ? [measured.error] : []),
        ]
      : clocksBefore
    return { ...rest, ...(teamNow && { team: teamNow }), ...(clocks.length > 0 && { clocks }) }
  })
}

type Measured = { camera: ClockError['camera']; error: ClockError | null }

async function measure(
  { it }: Pick<Uploads, 'it'>,
  of: OfBatch,
  { file: sha256, shownAt }: NonNullable<BatchChange['clock']>,
): Promise<Measured> {
  const [files, { event }] = await Promise.all([readFiles(it.couch, of), readPlan(it.couch, of.event)])
  const file = files.find((one) => one.sha256 === sha256)
  const cameraAt = file ? pictureTime(file.told, event.timeZone) : null
  if (!file || cameraAt === null)
    throw new AppError('ZK-PLAN-002', { figures: { fields: [{ field: 'clock.file', problem: 'missing' }] } })
  const camera = cameraOf(file.told)
  if (files.some(({ taken, told }) => taken && cameraOf(told) === camera)) throw new AppError('ZK-UPLOAD-002')
  return { camera, error: shownAt === null ? null : { file: sha256, camera, shownAt, errorMs: cameraAt - shownAt } }
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
