import { notFound, Refusal } from '../routing/refusal.ts'
import type { Store, StoredDoc } from '../storage/open-store.ts'
import type { IncomingDoc } from './parse-document.ts'
import type { WriteOutcome } from './write-documents.ts'

const tries = 20

/** Stores a `_local` document. CouchDB compares no revisions there: the last writer wins, and so it is here. */
export async function writeLocal(store: Store, doc: IncomingDoc & { _id: string }): Promise<WriteOutcome> {
  const { _attachments, _revisions, _rev, ...body } = doc
  for (let attempt = 1; ; attempt++) {
    const current = await store.get(doc._id).catch(absent)
    if (doc._deleted) {
      if (!current) return { id: doc._id, refusal: notFound() }
      const removed = await attempted(store.remove(current))
      if (removed) return { id: doc._id, rev: '0-0' }
    } else {
      const written = await attempted(store.put({ ...body, ...(current ? { _rev: current._rev } : {}) }))
      if (written) return { id: doc._id, rev: written.rev }
    }
    if (attempt === tries) return { id: doc._id, refusal: new Refusal(503, 'service_unavailable', 'too many writers') }
  }
}

function absent(error: { status?: number }): StoredDoc | undefined {
  if (error.status !== 404) throw error
  return undefined
}

/** Undefined when somebody else wrote in between. */
async function attempted<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write
  } catch (error) {
    const { status } = error as { status?: number }
    if (status === 409 || status === 404) return undefined
    throw error
  }
}
