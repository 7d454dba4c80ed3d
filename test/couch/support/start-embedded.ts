import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type EmbeddedCouchOptions,
  openEmbeddedCouch,
} from '../../../sync-server/couch/embedded/open-embedded-couch.ts'
import { asking, basic } from './ask.ts'

const admin = { name: 'admin', password: 'admin' }

/** An embedded server on a free port, in a folder of its own unless one is given. */
export async function startEmbedded(options: Partial<EmbeddedCouchOptions> = {}) {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'zekken-couch-')))
  const couch = await openEmbeddedCouch({
    admins: { [admin.name]: admin.password },
    durability: 'process',
    ...options,
    dir,
  })
  const listening = await couch.listen(0)
  const authorization = basic(admin.name, admin.password)
  const ask = asking(listening.url, { authorization })
  let counter = 0
  return {
    dir,
    couch,
    url: listening.url,
    authorization,
    ask,
    async freshDatabase(): Promise<string> {
      const name = `fresh-${++counter}`
      await ask('PUT', `/${name}`)
      return name
    },
    /** Stops the server and keeps the folder. */
    async close(): Promise<void> {
      await listening.close()
      await couch.close()
    },
    async stop(): Promise<void> {
      await listening.close()
      await couch.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
