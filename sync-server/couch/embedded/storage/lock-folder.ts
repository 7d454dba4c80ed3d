import { join } from 'node:path'
import leveldown from 'leveldown'

type Done = (error?: Error | null) => void
type Level = { open(options: object, done: Done): void; close(done: Done): void }

/**
 * Claims a data folder for this process, so that two servers never write one registry. The claim is LevelDB's own
 * file lock on an empty database: it ends with the process, however that ends.
 */
export async function lockFolder(dir: string): Promise<{ release(): Promise<void> }> {
  const level = leveldown(join(dir, 'lock')) as Level
  await new Promise<void>((resolve, reject) => {
    level.open({}, (error) => {
      if (error) reject(new Error(`The data folder ${dir} is in use by another server.`, { cause: error }))
      else resolve()
    })
  })
  return {
    release: () =>
      new Promise((resolve, reject) => {
        level.close((error) => (error ? reject(error) : resolve()))
      }),
  }
}
