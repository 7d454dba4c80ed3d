import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { snapshotRange } from '../../../sync-server/rankings/snapshots.ts'
import { field } from '../support/ask.ts'
import { type CouchUnderTest, startCouch } from '../support/couch-under-test.ts'

const root = join(import.meta.dirname, '..', '..', '..')
/** Every query that the product asks a database, with what it finds and what lies just outside. */
const queries = {
  'sync-server/rankings/snapshots.ts': {
    selector: snapshotRange,
    finds: ['snapshot:01J8Z0000000000000000000A0', 'snapshot:7ZZZZZZZZZZZZZZZZZZZZZZZZZ'],
    passesOver: ['setting', 'snapshot', 'snapshot-', 'snapshot;', 'snapshots:1', 'survey:thanks'],
  },
}

let couch: CouchUnderTest
beforeAll(async () => {
  couch = await startCouch()
})
afterAll(() => couch.stop())

test('[DB68] the product asks no other queries than those that are listed here', () => {
  const files = ['sync-server', 'functions'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  const asking = files.filter(
    (name) =>
      name.endsWith('.ts') &&
      !name.startsWith(join('sync-server', 'couch')) &&
      /\.find\(\{|\bselector:|_find\b|_index\b/.test(readFileSync(join(root, name), 'utf8')),
  )
  expect(asking).toEqual(Object.keys(queries))
})

test.for(Object.entries(queries))(
  '[DB68] a query of %s has an index or is a range of ids, and finds the same in both engines',
  async ([, { selector, finds, passesOver }]) => {
    const db = `/${await couch.freshDatabase()}`
    await couch.ask('POST', `${db}/_bulk_docs`, { docs: [...finds, ...passesOver].map((_id) => ({ _id })) })
    const found = await couch.ask('POST', `${db}/_find`, { selector, fields: ['_id'] })
    expect(field(found, 'docs')).toEqual(finds.map((_id) => ({ _id })))
    const explained = await couch.ask('POST', `${db}/_explain`, { selector })
    if ((field(explained, 'index') as { name: string }).name !== '_all_docs') return
    const { start_key: from, end_key: to } = (field(explained, 'mrargs') ?? {}) as Record<string, unknown>
    const { start_key: first, end_key: last } = (field(explained, 'range') ?? {}) as Record<string, unknown>
    expect([from ?? first, to ?? last]).toEqual(Object.values(selector._id))
  },
)
