import { createHash } from 'node:crypto'
import { inParallel } from '../feed/in-parallel.ts'
import type { Storage } from './storage.ts'

export type MoveProgress = { total: number; done: number; copied: number; bytes: number; failed: number }
export type MoveReport = MoveProgress & {
  /** Keys whose copy is not what the file was, or could not be made, with the reason. */
  failures: { key: string; reason: string }[]
  deleted: number
}
export type MoveOptions = {
  from: Storage
  to: Storage
  /** Deletes each file of `from` at the end; nothing is deleted while any copy is doubtful. */
  remove?: boolean
  onProgress?(progress: MoveProgress): void
}

const filesAtOnce = 4

/**
 * Brings every file of one storage into another and reads each copy back to compare it by SHA-256. What is there already
 * with the same bytes is not sent again, so that a move which was broken off, or ran beside a working server, is
 * simply done once more.
 */
export async function moveFiles({ from, to, remove = false, onProgress }: MoveOptions): Promise<MoveReport> {
  const keys = await from.list('')
  const progress: MoveProgress = { total: keys.length, done: 0, copied: 0, bytes: 0, failed: 0 }
  const failures: MoveReport['failures'] = []
  await inParallel(keys, filesAtOnce, async (key) => {
    try {
      const moved = await moveFile(key, { from, to })
      if (moved) progress.copied++
      progress.bytes += moved?.bytes ?? 0
    } catch (error) {
      progress.failed++
      failures.push({ key, reason: error instanceof Error ? error.message : String(error) })
    }
    progress.done++
    onProgress?.({ ...progress })
  })
  const isWhole = failures.length === 0
  if (remove && isWhole) await inParallel(keys, filesAtOnce, (key) => from.delete(key))
  return { ...progress, failures, deleted: remove && isWhole ? keys.length : 0 }
}

/** Null where nothing had to be sent: the same bytes are there, or the file has gone meanwhile. */
async function moveFile(
  key: string,
  { from, to }: Pick<MoveOptions, 'from' | 'to'>,
): Promise<{ bytes: number } | null> {
  const size = await from.size(key)
  if (size === null) return null
  const before = (await to.size(key)) === size ? await hashOf(to, key) : null
  if (before !== null && before === (await hashOf(from, key))) return null
  const found = await from.stream(key)
  if (!found) return null
  const hash = createHash('sha256')
  async function* hashed(body: ReadableStream<Uint8Array>) {
    for await (const chunk of body) {
      hash.update(chunk)
      yield chunk
    }
  }
  const bytes = await to.putStream(key, hashed(found.body))
  if (bytes !== found.bytes) throw new Error(`read ${bytes} bytes of ${found.bytes}`)
  if ((await hashOf(to, key)) !== hash.digest('hex')) throw new Error('the copy is not what the file was')
  return { bytes }
}

async function hashOf(storage: Storage, key: string): Promise<string | null> {
  const found = await storage.stream(key)
  if (!found) return null
  const hash = createHash('sha256')
  for await (const chunk of found.body) hash.update(chunk)
  return hash.digest('hex')
}
