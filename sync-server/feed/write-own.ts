import type { CouchDoc, Database } from '../couch/client.ts'

type Own = { _id: string; _rev?: string | undefined; _deleted?: true }

const mostAttempts = 5

/**
 * Writes documents that have no other writer, over whatever stands there, and gives them their new revisions: an answer
 * that was lost on the way must not stop the runner.
 */
export async function writeOwn(database: Database, docs: readonly Own[]): Promise<void> {
  let rest = docs
  for (let attempt = 1; rest.length > 0; attempt++) {
    const rows = new Map((await database.bulk(rest as CouchDoc[])).map((row) => [row.id, row]))
    for (const doc of rest) doc._rev = rows.get(doc._id)?.rev ?? doc._rev
    const refused = rest.filter((doc) => rows.get(doc._id)?.rev === undefined)
    if (refused.length > 0 && attempt === mostAttempts) throw new Error(`${database.name} refuses ${refused[0]?._id}`)
    for (const doc of refused) doc._rev = (await database.get(doc._id))?._rev
    rest = refused.filter((doc) => !doc._deleted || doc._rev !== undefined)
  }
}
