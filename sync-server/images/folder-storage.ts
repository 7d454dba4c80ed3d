import { randomBytes } from 'node:crypto'
import { access, constants, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { fileNameOf, keySegmentOf } from './file-name.ts'
import type { Storage } from './storage.ts'

export type FolderStorageOptions = {
  folder: string
  /** False: an acknowledged write survives the end of the process but not a power cut. */
  synced?: boolean
}

const unfinished = /^~[0-9a-f]{18}$/
/** No file takes as long to be written. */
const longestWriteMs = 3_600_000

/** Removes what processes that were killed had half written; answers how many. What is younger may still be worked on. */
export async function removeUnfinished(folder: string, nowMs: number): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(nullWhenAbsent)
  let removed = 0
  for (const item of found ?? []) {
    const path = join(item.parentPath, item.name)
    if (!item.isFile() || !unfinished.test(item.name)) continue
    if (nowMs - ((await stat(path).catch(nullWhenAbsent))?.mtimeMs ?? nowMs) < longestWriteMs) continue
    await rm(path, { force: true })
    removed++
  }
  return removed
}

/** Storage in a folder: one file a key, written beside and renamed, so that a reader never meets half a file. */
export function folderStorage({ folder, synced = true }: FolderStorageOptions): Storage {
  const pathOf = (key: string) => join(folder, ...key.split('/').map(fileNameOf))

  const sizeOf = async (key: string) => {
    const found = await stat(pathOf(key)).catch(nullWhenAbsent)
    return found?.isFile() ? found.size : null
  }

  const putStream: Storage['putStream'] = async (key, chunks) => {
    const path = pathOf(key)
    const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    // A name that no key can have: `fileNameOf` never leaves a `~` standing.
    const beside = join(dirname(path), `~${randomBytes(9).toString('hex')}`)
    let written = 0
    try {
      const file = await open(beside, 'wx', 0o600)
      try {
        for await (const chunk of chunks) {
          await file.writeFile(chunk)
          written += chunk.length
        }
        if (synced) await file.sync()
      } finally {
        await file.close()
      }
      await rename(beside, path)
    } catch (error) {
      await rm(beside, { force: true })
      throw error
    }
    if (synced) await syncFolders(dirname(path), made ? dirname(made) : dirname(path))
    return written
  }

  return {
    async put(key, bytes) {
      await putStream(key, only(bytes))
    },
    putStream,
    async get(key) {
      return await readFile(pathOf(key)).catch(nullWhenAbsent)
    },
    async stream(key, range) {
      const file = await open(pathOf(key), 'r').catch(nullWhenAbsent)
      if (!file) return null
      const found = await file.stat()
      if (!found.isFile()) return await file.close().then(() => null)
      const { from, to } = range ?? { from: 0, to: found.size - 1 }
      const body = Readable.toWeb(file.createReadStream({ start: from, end: Math.max(to, 0) }))
      return { body: body as ReadableStream<Uint8Array>, bytes: to - from + 1 }
    },
    has: async (key) => (await sizeOf(key)) !== null,
    size: sizeOf,
    async delete(key) {
      return await rm(pathOf(key)).then(() => true, falseWhenAbsent)
    },
    async list(prefix) {
      const segments = prefix.split('/').slice(0, -1)
      const root = join(folder, ...segments.map(fileNameOf))
      const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(nullWhenAbsent)
      return (found ?? [])
        .filter((item) => item.isFile() && !item.name.startsWith('~'))
        .map((item) => {
          const inside = join(item.parentPath, item.name).slice(root.length + 1)
          return prefix + inside.split(/[/\\]/).map(keySegmentOf).join('/')
        })
        .sort()
    },
    async check() {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await access(folder, constants.R_OK | constants.W_OK)
    },
  }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Makes the names durable: the folder of the file and each folder above it that was made on the way, up to `top`. */
async function syncFolders(from: string, top: string): Promise<void> {
  for (let folder = from; ; folder = dirname(folder)) {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
    if (folder === top || folder === dirname(folder)) return
  }
}

const isAbsent = (error: unknown) => ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as { code?: string }).code ?? '')
function nullWhenAbsent(error: unknown): null {
  if (isAbsent(error)) return null
  throw error
}
function falseWhenAbsent(error: unknown): false {
  if (isAbsent(error)) return false
  throw error
}
