import { ulid } from '../../design-docs/ids.ts'
import type { Database } from '../couch/client.ts'

const keptMs = 30 * 24 * 60 * 60_000
const mostAtOnce = 1000

/** Removes what the log says of more than thirty days ago, some at a time. */
export async function pruneLog(office: Database, now: number): Promise<void> {
  const endkey = `post-log:${ulid(Math.max(0, now - keptMs), new Uint8Array(10))}`
  const old = await office.all({ startkey: 'post-log:', endkey, limit: mostAtOnce })
  await office.bulk(old.map(({ id, rev }) => ({ _id: id, _rev: rev, _deleted: true })))
}
