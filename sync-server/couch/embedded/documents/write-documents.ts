import { randomUUID } from 'node:crypto'
import { isDatabaseAdmin, requireDatabaseAdmin } from '../access/security.ts'
import { type Proposal, validate, validatorSources } from '../design/validators.ts'
import type { DatabaseRequest } from '../routing/database-request.ts'
import { badRequest, conflict, type Refusal, toRefusal } from '../routing/refusal.ts'
import type { Store, StoredDoc } from '../storage/open-store.ts'
import { writeLocal } from './local-documents.ts'
import type { IncomingDoc } from './parse-document.ts'
import { resolveStubs } from './resolve-stubs.ts'

export type WriteOutcome = { id: string; rev: string } | { id: string; rev?: string; refusal: Refusal }

/**
 * The one way documents get into a database: who may, what the validators say, then PouchDB, then followers.
 * Outcomes come in the order of the documents. With `newEdits` false, revisions are taken as they are named.
 */
export async function writeDocuments(
  request: DatabaseRequest,
  docs: readonly IncomingDoc[],
  newEdits: boolean,
): Promise<WriteOutcome[]> {
  const { database, store } = request
  const named = docs.map((doc) => ({ ...doc, _id: doc._id ?? randomUUID().replaceAll('-', '') }))
  if (!newEdits) named.forEach(requireRevision)
  const refusals = await objections(request, named, newEdits)
  const outcomes = new Array<WriteOutcome>(named.length)
  const accepted: (IncomingDoc & { _id: string })[] = []
  const places: number[] = []
  for (const [index, doc] of named.entries()) {
    const refusal = refusals[index]
    if (refusal) outcomes[index] = { id: doc._id, ...revOf(doc), refusal }
    else if (doc._id.startsWith('_local/')) outcomes[index] = await writeLocal(store, doc)
    else {
      accepted.push(doc)
      places.push(index)
    }
  }
  const stored = accepted.length > 0 ? await insert(store, accepted, newEdits) : []
  for (const [at, outcome] of stored.entries()) outcomes[places[at] ?? 0] = outcome
  if (accepted.some((doc) => doc._id.startsWith('_design/'))) database.designChanged()
  if (stored.some((outcome) => !('refusal' in outcome))) database.changed()
  return outcomes
}

/** Writes one document and throws what refuses it. */
export async function writeDocument(request: DatabaseRequest, doc: IncomingDoc, newEdits = true) {
  const [outcome] = await writeDocuments(request, [doc], newEdits)
  if (!outcome || 'refusal' in outcome) throw outcome?.refusal ?? badRequest('Nothing to write')
  return outcome
}

function requireRevision(doc: IncomingDoc): void {
  if (doc._rev === undefined && !doc._revisions && !doc._id?.startsWith('_local/')) {
    throw badRequest('When `new_edits: false`, the document needs `_rev` or `_revisions` specified')
  }
  const { start, ids } = doc._revisions ?? { start: 1, ids: [''] }
  if (ids.length === 0 || ids.length > start) throw badRequest('Invalid list of revisions')
}

const revOf = (doc: IncomingDoc) => {
  const rev = doc._revisions ? `${doc._revisions.start}-${doc._revisions.ids[0]}` : doc._rev
  return rev === undefined ? {} : { rev }
}

async function insert(
  store: Store,
  docs: (IncomingDoc & { _id: string })[],
  newEdits: boolean,
): Promise<WriteOutcome[]> {
  const results = await store.bulkDocs([...docs], { new_edits: newEdits })
  if (newEdits) {
    return results.map((result) =>
      result.ok ? { id: result.id, rev: result.rev } : { id: result.id, refusal: toRefusal(result) },
    )
  }
  // With revisions taken as named, PouchDB reports failures only, and sorts the documents.
  const failed = new Map(results.map((result) => [result.id, toRefusal(result)]))
  return docs.map((doc) => {
    const refusal = failed.get(doc._id)
    const { rev = '' } = revOf(doc)
    return refusal ? { id: doc._id, rev, refusal } : { id: doc._id, rev }
  })
}

/** What stands against each document before PouchDB looks at it. */
async function objections(
  request: DatabaseRequest,
  docs: readonly (IncomingDoc & { _id: string })[],
  newEdits: boolean,
) {
  const { user, database, store } = request
  const { security } = database.record
  const refusals = new Array<Refusal | undefined>(docs.length)
  const sources = await validatorSources(database, store)
  const asked: number[] = []
  const proposals: Proposal[] = []
  await Promise.all(
    docs.map(async (doc, index) => {
      if (doc._id.startsWith('_local/')) return
      const stubRefusal = newEdits ? await resolveStubs(store, doc) : undefined
      if (stubRefusal?.status === 412) throw stubRefusal
      if (stubRefusal) {
        refusals[index] = stubRefusal
        return
      }
      if (doc._id.startsWith('_design/')) {
        if (!isDatabaseAdmin(user, security)) refusals[index] = designRefusal(request)
        return
      }
      if (sources.length === 0) return
      const before = newEdits ? await editedRevision(store, doc) : await knownAncestor(store, doc)
      if (before === 'conflict') refusals[index] = conflict()
      else {
        asked.push(index)
        proposals.push({ after: asSeen(doc), before })
      }
    }),
  )
  const verdicts = validate(sources, proposals, { user, db: database.name, security })
  for (const [at, index] of asked.entries()) refusals[index] ??= verdicts[at]
  return refusals
}

function designRefusal(request: DatabaseRequest): Refusal | undefined {
  try {
    requireDatabaseAdmin(request.user, request.database.record.security)
    return undefined
  } catch (error) {
    return toRefusal(error)
  }
}

/**
 * The revision that an edit builds on. What PouchDB would refuse as a conflict is a conflict here already: validated
 * against the wrong revision it could slip through when the right one changes in between.
 */
async function editedRevision(
  store: Store,
  doc: IncomingDoc & { _id: string },
): Promise<StoredDoc | null | 'conflict'> {
  if (doc._rev !== undefined) return (await find(store, doc._id, doc._rev)) ?? 'conflict'
  const current = await find(store, doc._id)
  return current ? 'conflict' : null
}

/** The newest ancestor of a replicated revision that is here, or null, as CouchDB shows it to validators. */
async function knownAncestor(store: Store, doc: IncomingDoc & { _id: string }): Promise<StoredDoc | null> {
  const { start, ids } = doc._revisions ?? { start: 0, ids: [] }
  for (const [depth, id] of ids.entries()) {
    const ancestor = depth === 0 ? null : await find(store, doc._id, `${start - depth}-${id}`)
    if (ancestor) return ancestor
  }
  return null
}

async function find(store: Store, id: string, rev?: string): Promise<StoredDoc | null> {
  try {
    return await store.get(id, rev === undefined ? {} : { rev })
  } catch (error) {
    if ((error as { status?: number }).status === 404) return null
    throw error
  }
}

/** Attachments are shown to validators as stubs: their bytes are nobody's business there. */
function asSeen(doc: IncomingDoc): object {
  if (!doc._attachments) return doc
  const stubs = Object.entries(doc._attachments).map(([name, attachment]) => {
    const { content_type } = attachment
    const length = 'data' in attachment ? attachment.data.length : attachment.length
    return [name, { content_type, length, stub: true }] as const
  })
  return { ...doc, _attachments: Object.fromEntries(stubs) }
}
