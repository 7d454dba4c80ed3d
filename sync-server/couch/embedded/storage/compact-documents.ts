import type { Records } from './level.ts'
import type { Counted } from './level-opener.ts'
import {
  attachmentKey,
  type Body,
  bodyKey,
  bytesKey,
  documentKey,
  kinds,
  type Metadata,
  type Operation,
  put,
  replacedKey,
  sizesKey,
  startingWith,
} from './records.ts'
import { releaseAttachment } from './release-attachment.ts'
import { leavesOf, markMissing } from './revision-tree.ts'

/** A record that went away and how much it held. */
export type RemovedRecord = { key: string; bytes: number }
export type CompactionTurn = {
  /** Runs `work` while PouchDB writes nothing. */
  whileNobodyWrites<T>(work: () => Promise<T>): Promise<T>
  /** Waits for requests that may still read what was a leaf when they came; false when they stay for long. */
  readersGone(): Promise<boolean>
  /** Somebody needs the database for himself, or it goes away. */
  shouldStop(): boolean
}
/** Bodies that no leaf is made of, by revision. */
type Replaced = Map<string, { seq: number; bytes: number; attachments: Map<string, number> }>

/** Few enough that a writer who comes in between waits for some milliseconds. */
const documentsAtOnce = 8
/** A turn ends here, so that the list of what went away stays small; the next one goes on. */
const mostRemoved = 50_000

/**
 * Removes the bodies of revisions that were replaced, with attachments that no leaf refers to. Each document is one
 * batch, and stays marked until that is written, so an end at any moment leaves nothing to repair. Bodies are looked
 * at before writers have to wait. Answers what was removed and whether everything was.
 */
export async function compactDocuments(counted: Counted, turn: CompactionTurn) {
  const { records } = counted
  const removed: RemovedRecord[] = []
  if (!counted.tally.sizes) await countAnew(counted, turn)
  const before = counted.tally.sizes?.replaced ?? 0
  if (before > 0) await records.flush()
  let marked: string[] = []
  const compactMarked = async (): Promise<boolean> => {
    const found = new Map<string, Replaced>()
    for (const id of marked) found.set(id, await replacedBodies(records, id))
    marked = []
    if (!(await turn.readersGone())) return false
    await turn.whileNobodyWrites(async () => {
      for (const [id, replaced] of found) removed.push(...(await compactDocument(counted, id, replaced)))
    })
    return true
  }
  for await (const { key } of records.scan(startingWith(kinds.replaced))) {
    if (turn.shouldStop() || removed.length >= mostRemoved) return { removed, finished: false }
    marked.push(key.slice(kinds.replaced.length))
    if (marked.length === documentsAtOnce && !(await compactMarked())) return { removed, finished: false }
  }
  if (!(await compactMarked())) return { removed, finished: false }
  // What an estimate was too high by; what was replaced in the meantime is left for the next time.
  const excess = before - sum(removed)
  if (excess > 0) await turn.whileNobodyWrites(() => writeCounted(counted, { operations: [], removed: [], excess }))
  return { removed, finished: true }
}

/** For a folder that nobody counted yet: every document is looked at once. */
async function countAnew(counted: Counted, { whileNobodyWrites }: CompactionTurn): Promise<void> {
  const { records } = counted
  await whileNobodyWrites(async () => {
    const marks: Operation[] = []
    for await (const { key } of records.scan(startingWith(kinds.document))) {
      marks.push({ type: 'put', key: replacedKey(key.slice(kinds.document.length)), value: '' })
    }
    const sizes = { stored: 0, replaced: 0 }
    for (const kind of [kinds.body, kinds.bytes]) {
      for await (const { value } of records.scan({ ...startingWith(kind), values: true }))
        sizes.stored += value?.length ?? 0
    }
    await records.write([...marks, put(sizesKey, sizes)], { counted: true })
    counted.tally = { ...counted.tally, sizes }
  })
}

async function replacedBodies(records: Records, id: string): Promise<Replaced> {
  const replaced: Replaced = new Map()
  const metadata = await records.json<Metadata>(documentKey(id))
  if (!metadata) return replaced
  const leaves = new Set(leavesOf(metadata.rev_tree).map(({ rev }) => rev))
  for (const [rev, seq] of Object.entries(metadata.rev_map)) {
    if (leaves.has(rev)) continue
    const body = await records.bytes(bodyKey(seq))
    replaced.set(rev, { seq, bytes: body?.length ?? 0, attachments: attachmentsOf(body) })
  }
  return replaced
}

/** Parsing a megabyte to learn that nothing is attached would cost more than the whole removal. */
function attachmentsOf(body: Buffer | undefined): Map<string, number> {
  if (!body?.includes('"_attachments"')) return new Map()
  const { _attachments = {} } = JSON.parse(body.toString('utf8')) as Body
  return new Map(Object.values(_attachments).map(({ digest, length }) => [digest, length]))
}

async function compactDocument(counted: Counted, id: string, replaced: Replaced): Promise<RemovedRecord[]> {
  const { records } = counted
  const unmark: Operation = { type: 'del', key: replacedKey(id) }
  const metadata = await records.json<Metadata>(documentKey(id))
  // A revision that was replaced since the bodies were looked at keeps its document marked.
  const leaves = new Set(metadata ? leavesOf(metadata.rev_tree).map(({ rev }) => rev) : [])
  const others = Object.keys(metadata?.rev_map ?? {}).filter((rev) => !leaves.has(rev) && !replaced.has(rev))
  const operations: Operation[] = others.length === 0 ? [unmark] : []
  const removed: RemovedRecord[] = []
  if (metadata && replaced.size > 0) {
    const removing = new Map([...replaced].filter(([rev]) => metadata.rev_map[rev] !== undefined && !leaves.has(rev)))
    const digests = new Map<string, number>()
    for (const { seq, bytes, attachments } of removing.values()) {
      removed.push({ key: bodyKey(seq), bytes })
      for (const [digest, length] of attachments) digests.set(digest, length)
    }
    const revisions = { id, removed: new Set(removing.keys()) }
    for (const [digest, length] of digests) {
      const released = await releaseAttachment(records, digest, revisions)
      if (released.every(({ key }) => key !== bytesKey(digest))) operations.push(...released)
      else {
        operations.push({ type: 'del', key: attachmentKey(digest) })
        removed.push({ key: bytesKey(digest), bytes: length })
      }
    }
    const revMap = Object.fromEntries(Object.entries(metadata.rev_map).filter(([rev]) => !removing.has(rev)))
    markMissing(metadata.rev_tree, revisions.removed)
    operations.push(put(documentKey(id), { ...metadata, rev_map: revMap }))
  }
  await writeCounted(counted, { operations, removed })
  return removed
}

async function writeCounted(
  counted: Counted,
  { operations, removed, excess = 0 }: { operations: Operation[]; removed: RemovedRecord[]; excess?: number },
): Promise<void> {
  const { records, tally } = counted
  const bytes = sum(removed)
  const sizes = tally.sizes && {
    stored: tally.sizes.stored - bytes,
    replaced: Math.max(0, tally.sizes.replaced - bytes - excess),
  }
  const deletions = removed.map(({ key }): Operation => ({ type: 'del', key }))
  await records.write([...operations, ...deletions, ...(sizes ? [put(sizesKey, sizes)] : [])], { counted: true })
  counted.tally = { ...tally, sizes }
}

const sum = (removed: readonly RemovedRecord[]) => removed.reduce((bytes, record) => bytes + record.bytes, 0)
