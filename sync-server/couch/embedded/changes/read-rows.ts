import type { Records } from '../storage/level.ts'
import type { StoreChange, StoredDoc } from '../storage/open-store.ts'
import { bodyKey, documentKey, kinds, type Metadata, startingWith } from '../storage/records.ts'
import { type Leaf, leavesOf, rankLeaves } from '../storage/revision-tree.ts'

/** The questions that nearly all followers ask; for the others PouchDB reads. */
export type RowOptions = { include_docs: boolean; conflicts: boolean; style: string }
type Entry = { seq: number; id: string; body: Buffer }

const pageRows = 500
/** Where PouchDB puts what it adds to a body. */
const tail = /"_id":("(?:[^"\\]|\\.)*"),"_rev":"[^"\\]*"(?:,"_deleted":true)?\}$/
/** Ids are far shorter; a longer tail is found by parsing. */
const tailBytes = 600

/**
 * Rows after `since`, straight from LevelDB: what is known of the documents of a page is fetched at once, where
 * PouchDB makes one trip after the other, and a body is parsed only when somebody wants to see it.
 */
export async function readRows(
  records: Records,
  { since, limit }: { since: number; limit: number },
  options: RowOptions,
): Promise<StoreChange[]> {
  const rows: StoreChange[] = []
  let last = since
  while (rows.length < limit) {
    const entries = await page(records, last, Math.min(pageRows, limit - rows.length))
    const known = entries.length > 0 ? await records.many(entries.map(({ id }) => documentKey(id))) : []
    for (const [at, entry] of entries.entries()) {
      last = entry.seq
      const metadata = JSON.parse(known[at]?.toString('utf8') ?? 'null') as Metadata | null
      // Another revision came later, and the document is listed there.
      if (metadata?.seq === entry.seq) rows.push(await rowOf(records, entry, metadata, options))
    }
    if (entries.length === 0) break
  }
  return rows
}

async function page(records: Records, since: number, count: number): Promise<Entry[]> {
  const entries: Entry[] = []
  const { lt } = startingWith(kinds.body)
  for await (const { key, value } of records.scan({ gt: bodyKey(since), lt, limit: count, values: true })) {
    if (value) entries.push({ seq: Number(key.slice(kinds.body.length)), id: idOf(value), body: value })
  }
  return entries
}

function idOf(body: Buffer): string {
  const id = tail.exec(body.subarray(Math.max(0, body.length - tailBytes)).toString('utf8'))?.[1]
  return id === undefined ? parse(body)._id : (JSON.parse(id) as string)
}

async function rowOf(records: Records, { seq, id, body }: Entry, metadata: Metadata, options: RowOptions) {
  const { winningRev, deleted, rev_tree: tree, rev_map: seqs } = metadata
  const ranked = options.style === 'all_docs' || options.conflicts ? rankLeaves(leavesOf(tree)) : []
  const changes = options.style === 'all_docs' ? ranked.map(({ rev }) => ({ rev })) : [{ rev: winningRev }]
  const row: StoreChange = { id, seq, changes, ...(deleted ? { deleted } : {}) }
  if (!options.include_docs) return row
  const winner = seqs[winningRev] === seq ? body : await records.bytes(bodyKey(seqs[winningRev] ?? 0))
  if (!winner) return row
  row.doc = shown(parse(winner))
  const conflicts = options.conflicts ? conflictsAmong(ranked) : []
  if (conflicts.length > 0) row.doc._conflicts = conflicts
  return row
}

const parse = (body: Buffer) => JSON.parse(body.toString('utf8')) as StoredDoc
const conflictsAmong = (ranked: readonly Leaf[]) =>
  ranked.slice(1).flatMap(({ rev, deleted }) => (deleted ? [] : [rev]))

function shown(doc: StoredDoc): StoredDoc {
  for (const attachment of Object.values(doc._attachments ?? {})) attachment.stub = true
  return doc
}
