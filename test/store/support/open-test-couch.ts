import { type Couch, connectCouch } from '../../../sync-server/couch/client.ts'
import { openEmbeddedCouch } from '../../../sync-server/couch/embedded/open-embedded-couch.ts'

/** The embedded server on a folder; each start is a new port, as after a restart. */
export async function openTestCouch(dir: string): Promise<{ couch: Couch; close(): Promise<void> }> {
  const embedded = await openEmbeddedCouch({ dir, admins: { server: 'secret' }, durability: 'process' })
  const listening = await embedded.listen(0, '127.0.0.1')
  const url = new URL(listening.url)
  url.username = 'server'
  url.password = 'secret'
  return {
    couch: connectCouch(url.href),
    async close() {
      await listening.close()
      await embedded.close()
    },
  }
}
