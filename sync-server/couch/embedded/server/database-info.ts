import { writeSequence } from '../changes/sequence.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import type { Database } from '../storage/database.ts'
import type { Store } from '../storage/open-store.ts'

/** The figures of GET /db. Sizes are not kept and are given as 0. */
export async function figures(database: Database, store: Store) {
  const info = await store.info()
  return {
    instance_start_time: '0',
    db_name: database.name,
    purge_seq: `${database.record.purges}-${database.record.id.slice(0, 12)}`,
    update_seq: writeSequence(database, info.update_seq),
    sizes: { file: 0, external: 0, active: 0 },
    props: {},
    doc_del_count: database.deletedCount(info.doc_count),
    doc_count: info.doc_count,
    disk_format_version: 8,
    compact_running: false,
    cluster: { q: 1, n: 1, w: 1, r: 1 },
  }
}

export const databaseInfo = async (database: Database, store: Store) => jsonAnswer(await figures(database, store))
