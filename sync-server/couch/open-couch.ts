import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { type Couch, connectCouch } from './client.ts'
import { openEmbeddedCouch } from './embedded/open-embedded-couch.ts'

/** A busy event writes to the databases of all its teams; opening one costs more than the write. */
const teamsAtOnce = 300

/**
 * The database of this installation: the CouchDB at `COUCHDB_URL`, or the embedded one on a loopback port of its own.
 * Both are talked to over HTTP by the same client, so that the two cannot drift apart.
 * `onFailure` hears of what the embedded one answers with a status of 500 and above.
 */
export async function openCouch(
  config: Config,
  onFailure: (error: unknown) => void = () => {},
): Promise<{ couch: Couch; embedded: boolean; close(): Promise<void> }> {
  if (config.couchdbUrl) return { couch: connectCouch(config.couchdbUrl), embedded: false, close: async () => {} }
  const password = randomBytes(24).toString('base64url')
  const embedded = await openEmbeddedCouch({
    dir: join(config.dataDir, 'couch'),
    admins: { server: password },
    durability: config.durability,
    maxOpenDatabases: teamsAtOnce,
    onFailure,
  })
  const listening = await embedded.listen(0, '127.0.0.1')
  const url = new URL(listening.url)
  url.username = 'server'
  url.password = password
  const close = async () => {
    await listening.close()
    await embedded.close()
  }
  return { couch: connectCouch(url.href), embedded: true, close }
}
