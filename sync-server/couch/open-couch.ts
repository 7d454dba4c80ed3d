import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { type Couch, connectCouch } from './client.ts'
import { type EmbeddedCouch, openEmbeddedCouch } from './embedded/open-embedded-couch.ts'
import { type DatabaseTimes, type SlowRequest, timedSend } from './timed-send.ts'

/** A busy event writes to the databases of all its teams; opening one costs more than the write. */
const teamsAtOnce = 300

type Listeners = { onFailure?: (error: unknown) => void; onSlow?: (slow: SlowRequest) => void }

/**
 * The database of this installation: the CouchDB at `COUCHDB_URL`, or the embedded one in this process.
 * Both are talked to in the words of HTTP by the same client, so that the two cannot drift apart.
 * `onFailure` hears of what the embedded one answers with a status of 500 and above, `onSlow` of what took long in either.
 */
export async function openCouch(
  config: Config,
  { onFailure = () => {}, onSlow = () => {} }: Listeners = {},
): Promise<{ couch: Couch; embedded: boolean; times: DatabaseTimes; close(): Promise<void> }> {
  const times: DatabaseTimes = { done: 0, slow: 0, seconds: 0 }
  const timed = (send: typeof fetch) => timedSend(send, { times, onSlow })
  if (config.couchdbUrl) {
    const couch = connectCouch(config.couchdbUrl, undefined, timed(fetch))
    return { couch, embedded: false, times, close: async () => {} }
  }
  const password = randomBytes(24).toString('base64url')
  const embedded = await openEmbeddedCouch({
    dir: join(config.dataDir, 'couch'),
    admins: { server: password },
    durability: config.durability,
    maxOpenDatabases: teamsAtOnce,
    onFailure,
  })
  const couch = connectCouch(`http://server:${password}@embedded.invalid`, undefined, timed(inProcess(embedded)))
  return { couch, embedded: true, times, close: embedded.close }
}

/**
 * The same requests and answers as over a socket, without the socket, which cost more than most of the answers. Whoever
 * gives up hears of it as from `fetch`.
 */
function inProcess(embedded: EmbeddedCouch): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const response = await embedded.fetch(request)
    request.signal.throwIfAborted()
    return response
  }
}
