import { conflict, Refusal } from '../routing/refusal.ts'
import type { Store, StoredDoc } from '../storage/open-store.ts'
import type { IncomingDoc } from './parse-document.ts'

type Named = IncomingDoc & { _id: string }

/**
 * Fills attachment stubs from the revision that an edit builds on: a stub is a name, whatever digest it carries, so
 * that nobody can claim bytes of another document by guessing theirs. Replicated revisions come with their digests.
 */
export async function resolveStubs(store: Store, doc: Named): Promise<Refusal | undefined> {
  const attachments = doc._attachments ?? {}
  const stubs = Object.entries(attachments).filter(([, attachment]) => 'stub' in attachment)
  if (stubs.length === 0) return undefined
  const before = await previous(store, doc)
  if (!before) return doc._rev === undefined ? missing(doc._id, stubs[0]?.[0]) : conflict()
  if (doc._rev === undefined) return conflict()
  for (const [name] of stubs) {
    const known = Object.hasOwn(before._attachments ?? {}, name) ? before._attachments?.[name] : undefined
    if (!known) return missing(doc._id, name)
    const { content_type, digest, length = 0, revpos } = known
    attachments[name] = { content_type, digest, length, revpos, stub: true }
  }
  return undefined
}

const missing = (id: string, name = '') =>
  new Refusal(412, 'missing_stub', `Invalid attachment stub in ${id} for ${name}`)

async function previous(store: Store, { _id, _rev }: Named): Promise<StoredDoc | undefined> {
  try {
    return await store.get(_id, _rev === undefined ? {} : { rev: _rev })
  } catch (error) {
    if ((error as { status?: number }).status === 404) return undefined
    throw error
  }
}
