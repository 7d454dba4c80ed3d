import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import leveldown from 'leveldown'
import { type Level, type Records, recordsOf, settle } from './level.ts'
import {
  type Body,
  bodyKey,
  documentKey,
  livingKey,
  type Metadata,
  type Operation,
  put,
  sizesKey,
  totalKey,
} from './records.ts'
import { releaseAttachment } from './release-attachment.ts'
import { prune, winnerOf } from './revision-tree.ts'

/**
 * Removes leaf revisions as if they had never been, with their attachments, from the closed files of one database.
 * PouchDB cannot on LevelDB, so this writes its records. Views are removed whole and built again when asked for.
 */
export async function purgeFiles(path: string, wanted: Record<string, string[]>): Promise<Record<string, string[]>> {
  const level = leveldown(path) as Level
  await settle((done) => level.open({}, done))
  const records = recordsOf(level)
  try {
    const purged: Record<string, string[]> = {}
    for (const [id, revs] of Object.entries(wanted)) {
      const metadata = await records.json<Metadata>(documentKey(id))
      const { operations, removed } = metadata ? await plan(metadata, new Set(revs), records) : nothing
      // The next compaction counts anew.
      if (operations.length > 0) await records.write([...operations, { type: 'del', key: sizesKey }], { sync: true })
      purged[id] = revs.filter((rev) => removed.includes(rev))
    }
    await removeViews(path)
    return purged
  } finally {
    await settle((done) => level.close(done))
  }
}

const nothing = { operations: [] as Operation[], removed: [] as string[] }

async function plan(metadata: Metadata, revs: ReadonlySet<string>, records: Records) {
  const { tree, removed } = prune(metadata.rev_tree, revs)
  if (removed.length === 0) return nothing
  const winner = winnerOf(tree)
  const operations: Operation[] = []
  const digests = new Set<string>()
  for (const rev of removed) {
    const seq = metadata.rev_map[rev]
    if (seq === undefined) continue
    const body = await records.json<Body>(bodyKey(seq))
    for (const { digest } of Object.values(body?._attachments ?? {})) digests.add(digest)
    operations.push({ type: 'del', key: bodyKey(seq) })
  }
  const gone = new Set(removed)
  const revisions = { id: metadata.id, removed: gone }
  for (const digest of digests) operations.push(...(await releaseAttachment(records, digest, revisions)))
  const revMap = Object.fromEntries(Object.entries(metadata.rev_map).filter(([rev]) => !gone.has(rev)))
  const kept = { ...metadata, rev_tree: tree, rev_map: revMap, seq: Math.max(0, ...Object.values(revMap)) }
  operations.push(
    winner
      ? put(documentKey(metadata.id), { ...kept, winningRev: winner.rev, deleted: winner.deleted })
      : { type: 'del', key: documentKey(metadata.id) },
  )
  const alive = Number(winner !== undefined && !winner.deleted) - Number(!metadata.deleted)
  if (alive !== 0) operations.push(put(livingKey, ((await records.json<number>(livingKey)) ?? 0) + alive))
  if (!winner) operations.push(put(totalKey, ((await records.json<number>(totalKey)) ?? 0) - 1))
  return { operations, removed }
}

async function removeViews(path: string): Promise<void> {
  const views = (await readdir(dirname(path))).filter((name) => name.startsWith(`${basename(path)}-mrview-`))
  for (const name of views) await rm(join(dirname(path), name), { recursive: true, force: true })
}
