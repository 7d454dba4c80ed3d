import { readdirSync, readlinkSync, statSync, truncateSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'

/** How far each file is on disk, by path, as far as this process has synced it. */
const synced = new Map<string, number>()
let watching: Promise<void> | undefined

/** From here on every sync of a file is noted; what is written while one is under way does not count as covered. */
export function watchSyncs(): Promise<void> {
  watching ??= watch()
  return watching
}

async function watch(): Promise<void> {
  const file = await open(import.meta.filename)
  const prototype = Object.getPrototypeOf(file) as FileHandle
  await file.close()
  const { datasync } = prototype
  prototype.datasync = async function (this: FileHandle) {
    const path = readlinkSync(`/proc/self/fd/${this.fd}`)
    const { size } = statSync(path)
    await datasync.call(this)
    synced.set(path, Math.max(synced.get(path) ?? 0, size))
  }
}

/** Everything under a folder has reached the disk, as after a copy that was made long ago. */
export function restsOnDisk(folder: string): void {
  for (const path of logsIn(folder)) synced.set(path, statSync(path).size)
}

/**
 * Takes from the logs of closed databases what no sync has covered. Tables are synced by LevelDB itself, beyond the
 * sight of this process, as is the registry.
 */
export function losePower(folder: string): void {
  for (const path of logsIn(folder)) truncateSync(path, Math.min(synced.get(path) ?? 0, statSync(path).size))
}

const logsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^databases\/.*\.log$/.test(name))
    .map((name) => join(folder, name))
