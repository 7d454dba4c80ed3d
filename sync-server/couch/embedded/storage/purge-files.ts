import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import leveldown from 'leveldown'
import { totalKey } from './level-opener.ts'
import { prune, type RevisionTree, winnerOf } from './revision-tree.ts'

type Metadata = {
  id: string
  rev_tree: RevisionTree
  rev_map: Record<string, number>
  winningRev: string
  deleted: boolean
  seq: number
}
type Operation = { type: 'put'; key: string; value: string } | { type: 'del'; key: string }
type Done = (error?: Error | null) => void
type Level = {
  open(options: object, done: Done): void
  close(done: Done): void
  get(key: string, options: object, done: (error: Error | null, value?: string) => void): void
  batch(operations: Operation[], options: object, done: Done): void
}

const documentKey = (id: string) => `\xffdocument-store\xff${id}`
const sequenceKey = (seq: number) => `\xffby-sequence\xff${String(seq).padStart(16, '0')}`
const attachmentKey = (digest: string) => `\xffattach-store\xff${digest}`
const bytesKey = (digest: string) => `\xffattach-binary-store\xff${digest}`
const countKey = '\xffmeta-store\xff_local_doc_count'

/**
 * Removes leaf revisions as if they had never been, with their attachments, from the closed files of one database.
 * PouchDB cannot on LevelDB, so this writes its records. Views are removed whole and built again when asked for.
 */
export async function purgeFiles(path: string, wanted: Record<string, string[]>): Promise<Record<string, string[]>> {
  const level = leveldown(path) as Level
  await settle((done) => level.open({}, done))
  try {
    const read = async (key: string): Promise<unknown> => {
      const text = await new Promise<string | undefined>((resolve) => {
        level.get(key, { asBuffer: false }, (_absent, value) => resolve(value))
      })
      return text === undefined ? undefined : JSON.parse(text)
    }
    const purged: Record<string, string[]> = {}
    for (const [id, revs] of Object.entries(wanted)) {
      const metadata = (await read(documentKey(id))) as Metadata | undefined
      const { operations, removed } = metadata ? await plan(metadata, new Set(revs), read) : nothing
      if (operations.length > 0) await settle((done) => level.batch(operations, { sync: true }, done))
      purged[id] = revs.filter((rev) => removed.includes(rev))
    }
    await removeViews(path)
    return purged
  } finally {
    await settle((done) => level.close(done))
  }
}

const nothing = { operations: [] as Operation[], removed: [] as string[] }
const put = (key: string, value: unknown): Operation => ({ type: 'put', key, value: JSON.stringify(value) })
const settle = (start: (done: Done) => void) =>
  new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())))

async function plan(metadata: Metadata, revs: ReadonlySet<string>, read: (key: string) => Promise<unknown>) {
  const { tree, removed } = prune(metadata.rev_tree, revs)
  if (removed.length === 0) return nothing
  const winner = winnerOf(tree)
  const operations: Operation[] = []
  const digests = new Set<string>()
  for (const rev of removed) {
    const seq = metadata.rev_map[rev]
    if (seq === undefined) continue
    const doc = (await read(sequenceKey(seq))) as { _attachments?: Record<string, { digest: string }> } | undefined
    for (const { digest } of Object.values(doc?._attachments ?? {})) digests.add(digest)
    operations.push({ type: 'del', key: sequenceKey(seq) })
  }
  const gone = new Set(removed)
  for (const digest of digests) operations.push(...(await releaseAttachment(digest, metadata.id, gone, read)))
  const revMap = Object.fromEntries(Object.entries(metadata.rev_map).filter(([rev]) => !gone.has(rev)))
  const kept = { ...metadata, rev_tree: tree, rev_map: revMap, seq: Math.max(0, ...Object.values(revMap)) }
  operations.push(
    winner
      ? put(documentKey(metadata.id), { ...kept, winningRev: winner.rev, deleted: winner.deleted })
      : { type: 'del', key: documentKey(metadata.id) },
  )
  const alive = Number(winner !== undefined && !winner.deleted) - Number(!metadata.deleted)
  if (alive !== 0) operations.push(put(countKey, Number(await read(countKey)) + alive))
  if (!winner) operations.push(put(totalKey, Number(await read(totalKey)) - 1))
  return { operations, removed }
}

/** Takes the removed revisions off an attachment; bytes that nobody refers to any more go. */
async function releaseAttachment(
  digest: string,
  id: string,
  gone: ReadonlySet<string>,
  read: (key: string) => Promise<unknown>,
): Promise<Operation[]> {
  const { refs = {} } = ((await read(attachmentKey(digest))) ?? {}) as { refs?: Record<string, true> }
  const kept = Object.entries(refs).filter(([ref]) => !(ref.startsWith(`${id}@`) && gone.has(ref.slice(id.length + 1))))
  if (kept.length > 0) return [put(attachmentKey(digest), { refs: Object.fromEntries(kept) })]
  return [
    { type: 'del', key: attachmentKey(digest) },
    { type: 'del', key: bytesKey(digest) },
  ]
}

async function removeViews(path: string): Promise<void> {
  const views = (await readdir(dirname(path))).filter((name) => name.startsWith(`${basename(path)}-mrview-`))
  for (const name of views) await rm(join(dirname(path), name), { recursive: true, force: true })
}
