import { writeSequence } from '../changes/sequence.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import type { Database } from '../storage/database.ts'
import type { Store } from '../storage/open-store.ts'

/** The figures of GET /db. */
export async function figures(database: Database, store: Store) {
  const info = await store.info()
  return {
    instance_start_time: '0',
    db_name: database.name,
    purge_seq: `${database.record.purges}-${database.record.id.slice(0, 12)}`,
    update_seq: writeSequence(database, info.update_seq),
    sizes: await sizes(database),
    props: {},
    doc_del_count: database.deletedCount(info.doc_count),
    doc_count: info.doc_count,
    disk_format_version: 8,
    compact_running: database.compacting,
    cluster: { q: 1, n: 1, w: 1, r: 1 },
  }
}

/**
 * `file`: bytes of the database's files, indexes excepted. `external`: bytes of leaf revisions and attachments,
 * uncompressed. `active`: what of `file` a compaction would leave. What replaced revisions hold is estimated between
 * two compactions, and what LevelDB has yet to tidy up counts as `file` only.
 */
async function sizes(database: Database) {
  const file = await database.sizeOnDisk()
  const { stored, replaced } = database.sizes() ?? { stored: file, replaced: 0 }
  const external = Math.max(0, stored - replaced)
  const share = stored === 0 ? 0 : external / stored
  return { file, external, active: Math.round(Math.min(file * share, external)) }
}

export const databaseInfo = async (database: Database, store: Store) => jsonAnswer(await figures(database, store))
