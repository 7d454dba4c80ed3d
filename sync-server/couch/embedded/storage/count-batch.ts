import type { Records } from './level.ts'
import { kinds, type Metadata, type Operation, put, replacedKey, type Sizes, sizesKey, totalKey } from './records.ts'
import { leavesOf } from './revision-tree.ts'

/** What PouchDB hands to LevelDB at once; attachments are bytes. */
export type Written = { type: 'put' | 'del'; key: string; value?: unknown }
/** Figures of a database that are kept beside its documents; `sizes` is undefined until a compaction has counted. */
export type Tally = { total: number; sizes: Sizes | undefined }

export const emptyTally = (): Tally => ({ total: 0, sizes: { stored: 0, replaced: 0 } })

export async function readTally(records: Records): Promise<Tally> {
  const [total = 0, sizes] = await Promise.all([records.json<number>(totalKey), records.json<Sizes>(sizesKey)])
  return { total, sizes: sizes ?? (total === 0 ? { stored: 0, replaced: 0 } : undefined) }
}

/**
 * Counts a batch before it is written: new documents, bytes, and which documents it leaves old bodies of. What the
 * answer adds goes into the same batch. An update is taken to replace as much as it writes, a deletion as much as a
 * document has on average; a compaction, which sees what it removes, puts that right.
 */
export async function countBatch(records: Records, tally: Tally, batch: readonly Written[]) {
  const documents = batch.filter(({ type, key }) => type === 'put' && key.startsWith(kinds.document))
  const stored = batch.reduce((bytes, each) => bytes + writtenBytes(each), 0)
  if (documents.length === 0 && stored === 0) return { tally, added: [] as Operation[] }
  const before = documents.length > 0 ? await records.many(documents.map(({ key }) => key)) : []
  const updated = documents.filter((_, at) => before[at] !== undefined)
  const inherited = hasHistories(batch, documents)
    ? documents.filter((each, at) => before[at] === undefined && holdsReplaced(each))
    : []
  const marked = [...updated, ...inherited]
  const added = marked.map(({ key }): Operation => ({ type: 'put', key: replacedKey(idIn(key)), value: '' }))
  const total = tally.total + documents.length - updated.length
  if (total !== tally.total) added.push(put(totalKey, total))
  const sizes = tally.sizes && {
    stored: tally.sizes.stored + stored - (await removedBytes(records, batch)),
    replaced: tally.sizes.replaced + replacedBytes(tally, { stored, documents: documents.length, updated: marked }),
  }
  if (sizes) added.push(put(sizesKey, sizes))
  return { tally: { total, sizes }, added }
}

/** Whether documents came with more than one body: with their histories, from another server. */
const hasHistories = (batch: readonly Written[], documents: readonly Written[]) =>
  batch.filter(({ type, key }) => type === 'put' && key.startsWith(kinds.body)).length > documents.length

function holdsReplaced({ value }: Written): boolean {
  const { rev_map, rev_tree } = JSON.parse(String(value)) as Metadata
  return Object.keys(rev_map).length > leavesOf(rev_tree).length
}

const idIn = (key: string) => key.slice(kinds.document.length)
const holdsBytes = (key: string) => key.startsWith(kinds.body) || key.startsWith(kinds.bytes)

function writtenBytes({ type, key, value }: Written): number {
  if (type !== 'put' || !holdsBytes(key)) return 0
  return typeof value === 'string' ? Buffer.byteLength(value) : value instanceof Uint8Array ? value.length : 0
}

function replacedBytes(
  { total, sizes }: Tally,
  batch: { stored: number; documents: number; updated: readonly Written[] },
): number {
  const { updated } = batch
  if (!sizes || updated.length === 0) return 0
  const deletions = updated.filter(({ value }) => typeof value === 'string' && value.includes('"deleted":true')).length
  const average = total === 0 ? 0 : (sizes.stored - sizes.replaced) / total
  return Math.round((batch.stored * updated.length) / batch.documents + Math.max(0, average) * deletions)
}

/** Revisions beyond the limit lose their bodies in the batch that goes beyond it, unless a compaction was there first. */
async function removedBytes(records: Records, batch: readonly Written[]): Promise<number> {
  const keys = batch.flatMap(({ type, key }) => (type === 'del' && isStoredBody(key) ? [key] : []))
  if (keys.length === 0) return 0
  return (await records.many(keys)).reduce((bytes, value) => bytes + (value?.length ?? 0), 0)
}

/** PouchDB also deletes the body of revisions that had none, under the sequence `undefined`. */
const isStoredBody = (key: string) => holdsBytes(key) && !key.endsWith('undefined')
