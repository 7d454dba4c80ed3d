import type { Caller } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import {
  type BatchDoc,
  type BatchFile,
  batchDoc,
  batchesAnHour,
  batchFile,
  batchFileId,
  batchId,
} from '../../design-docs/uploads.ts'
import type { Couch, CouchDoc, Database } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { countHourly } from '../login/tries.ts'

export type OfBatch = { event: string; batch: string }

export const deskOf = (couch: Couch, event: string): Database => couch.database(databaseName(event, 'desk'))

/**
 * Makes a batch, or answers the one that has this id already. ZK-UPLOAD-001 when the caller has made ten within the
 * hour; a batch that is begun again after a reload is none.
 */
export async function beginBatch(
  it: Installation,
  caller: Caller,
  wanted: OfBatch & { name: string; team: string | null },
): Promise<BatchDoc> {
  const desk = deskOf(it.couch, wanted.event)
  const standing = await desk.get(batchId(wanted.batch))
  if (standing) return batchDoc.parse(standing)
  if (!(await countHourly(it, `upload:${wanted.event}:${caller.account}`, batchesAnHour)))
    throw new AppError('ZK-UPLOAD-001', { figures: { most: batchesAnHour } })
  const { event, batch, name, team } = wanted
  const doc: BatchDoc = { _id: batchId(batch), type: 'batch', event, by: caller.account, at: it.now(), name }
  const rev = await desk.put(batchDoc.parse({ ...doc, ...(team && { team }) }) as CouchDoc)
  // Begun twice at once: the first one stands.
  return rev === null ? await readBatch(it.couch, wanted) : { ...doc, ...(team && { team }) }
}

export async function readBatch(couch: Couch, { event, batch }: OfBatch): Promise<BatchDoc> {
  const found = await deskOf(couch, event).get(batchId(batch))
  if (!found) throw new AppError('ZK-PLAN-004', { figures: { batch } })
  return batchDoc.parse(found)
}

/** The files of a batch in the order in which they came. */
export async function readFiles(couch: Couch, { event, batch }: OfBatch): Promise<BatchFile[]> {
  const prefix = `batch-file:${batch}`
  const rows = await deskOf(couch, event).all({ startkey: `${prefix}:`, endkey: `${prefix};`, includeDocs: true })
  const files = rows.flatMap(({ doc }) => (doc ? [batchFile.parse(doc)] : []))
  return files.sort((a, b) => a.at - b.at || ((a.paths[0] ?? '') < (b.paths[0] ?? '') ? -1 : 1))
}

/** Every batch with its numbers of files, newest first. */
export async function listBatches(couch: Couch, event: string): Promise<{ doc: BatchDoc; files: BatchFile[] }[]> {
  const desk = deskOf(couch, event)
  const [batches, files] = await Promise.all([
    desk.all({ startkey: 'batch:', endkey: 'batch;', includeDocs: true }),
    desk.all({ startkey: 'batch-file:', endkey: 'batch-file;', includeDocs: true }),
  ])
  const byBatch = Map.groupBy(
    files.flatMap(({ doc }) => (doc ? [batchFile.parse(doc)] : [])),
    ({ batch }) => batch,
  )
  return batches
    .flatMap(({ doc }) => (doc ? [batchDoc.parse(doc)] : []))
    .map((doc) => ({ doc, files: byBatch.get(doc._id.slice('batch:'.length)) ?? [] }))
    .reverse()
}

/**
 * Reads one document of a batch, lets `change` say what is to stand, and begins anew when somebody else wrote meanwhile.
 * `change` answers null to leave it as it is.
 */
export async function amendFile(
  couch: Couch,
  of: OfBatch & { sha256: string },
  change: (found: BatchFile | null) => BatchFile | null,
): Promise<BatchFile | null> {
  const desk = deskOf(couch, of.event)
  for (let round = 0; round < 12; round++) {
    const doc = await desk.get(batchFileId(of.batch, of.sha256))
    const found = doc ? batchFile.parse(doc) : null
    const wanted = change(found)
    if (wanted === null) return found
    const rev = await desk.put(batchFile.parse({ ...wanted, ...(found?._rev && { _rev: found._rev }) }) as CouchDoc)
    if (rev !== null) return { ...wanted, _rev: rev }
  }
  throw new AppError('ZK-SYS-002', { figures: { id: of.sha256 } })
}

/** The same for a batch itself. */
export async function amendBatch(couch: Couch, of: OfBatch, change: (found: BatchDoc) => BatchDoc): Promise<BatchDoc> {
  for (let round = 0; round < 12; round++) {
    const found = await readBatch(couch, of)
    const wanted = change(found)
    const rev = await deskOf(couch, of.event).put(batchDoc.parse(wanted) as CouchDoc)
    if (rev !== null) return { ...wanted, _rev: rev }
  }
  throw new AppError('ZK-SYS-002', { figures: { id: of.batch } })
}
