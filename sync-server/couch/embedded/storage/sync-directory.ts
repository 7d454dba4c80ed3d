import { closeSync, fsync, openSync } from 'node:fs'
import { promisify } from 'node:util'

const syncFile = promisify(fsync)

/** Makes names that were created, renamed or removed in a directory survive a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = openSync(path, 'r')
  try {
    await syncFile(directory)
  } finally {
    closeSync(directory)
  }
}
