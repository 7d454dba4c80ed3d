import type { DatabaseHandler } from '../routing/database-request.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { badRequest, methodNotAllowed } from '../routing/refusal.ts'
import { readObject } from '../routing/request-body.ts'
import { revisionTree, type Store } from '../storage/open-store.ts'
import { knownRevisions } from '../storage/revision-tree.ts'

/** POST /db/_revs_diff: which of these revisions nobody has heard of here; that a body was removed does not matter. */
export const revsDiff: DatabaseHandler = async ({ method, raw, store }) => {
  if (method !== 'POST') throw methodNotAllowed('POST')
  return jsonAnswer(await missingRevisions(store, await readObject(raw)))
}

/** POST /db/_missing_revs: the same in the older shape. */
export const missingRevs: DatabaseHandler = async ({ method, raw, store }) => {
  if (method !== 'POST') throw methodNotAllowed('POST')
  const missing = await missingRevisions(store, await readObject(raw))
  const rows = Object.entries(missing).map(([id, row]) => [id, row.missing])
  return jsonAnswer({ missing_revs: Object.fromEntries(rows) })
}

async function missingRevisions(store: Store, body: Record<string, unknown>) {
  // Without a prototype, so that an id such as `__proto__` is an id.
  const asked: Record<string, string[]> = Object.create(null)
  for (const [id, revs] of Object.entries(body)) {
    if (!Array.isArray(revs) || !revs.every((rev) => typeof rev === 'string')) {
      throw badRequest('Invalid list of revisions')
    }
    if (revs.length > 0) asked[id] = revs
  }
  const missing: Record<string, { missing: string[] }> = Object.create(null)
  const ask = async ([id, revs]: [string, string[]]) => {
    const known = knownRevisions((await revisionTree(store, id)) ?? [])
    const unknown = revs.filter((rev) => !known.has(rev))
    if (unknown.length > 0) missing[id] = { missing: unknown }
  }
  await Promise.all(Object.entries(asked).map(ask))
  return missing
}
