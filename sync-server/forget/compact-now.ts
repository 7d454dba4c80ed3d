import type { Couch } from '../couch/client.ts'

const askEveryMs = 50

/** Rewrites a database so that nothing of what was replaced or deleted is left in its files. */
export async function compactNow(couch: Couch, name: string): Promise<void> {
  await couch.json('POST', `/${name}/_compact`, {})
  for (;;) {
    const info = (await couch.json('GET', `/${name}`)) as { compact_running?: unknown }
    if (info.compact_running !== true) return
    // CouchDB says that it is at it, never that it is done.
    await new Promise((resolve) => setTimeout(resolve, askEveryMs))
  }
}
