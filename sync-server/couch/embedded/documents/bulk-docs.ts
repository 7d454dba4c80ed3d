import type { DatabaseHandler, DatabaseRequest } from '../routing/database-request.ts'
import { jsonAnswer } from '../routing/json-answer.ts'
import { badRequest, methodNotAllowed } from '../routing/refusal.ts'
import { isObject, parseJson, readBytes, requireJsonType } from '../routing/request-body.ts'
import { parseDocument } from './parse-document.ts'
import { type WriteOutcome, writeDocuments } from './write-documents.ts'

/** POST /db/_bulk_docs. One document that is too large or malformed refuses the whole request, as in CouchDB. */
export const bulkDocs: DatabaseHandler = async (request) => {
  if (request.method !== 'POST') throw methodNotAllowed('POST')
  const { docs, newEdits } = await readRequest(request)
  const outcomes = await writeDocuments(request, docs, newEdits)
  const rows = newEdits ? outcomes : outcomes.filter((outcome) => 'refusal' in outcome)
  return jsonAnswer(rows.map(outcomeRow), 201)
}

async function readRequest(request: DatabaseRequest) {
  requireJsonType(request.headers)
  const bytes = await readBytes(request.raw)
  const body = parseJson(bytes.toString('utf8'))
  if (!isObject(body)) throw badRequest('Request body must be a JSON object')
  if (body.docs === undefined) throw badRequest('POST body must include `docs` parameter.')
  if (!Array.isArray(body.docs)) throw badRequest('`docs` parameter must be an array.')
  return { docs: body.docs.map((doc) => parseDocument(doc, bytes.length)), newEdits: body.new_edits !== false }
}

export function outcomeRow(outcome: WriteOutcome): object {
  if (!('refusal' in outcome)) return { ok: true, id: outcome.id, rev: outcome.rev }
  const { id, rev, refusal } = outcome
  return { id, ...(rev === undefined ? {} : { rev }), error: refusal.error, reason: refusal.reason }
}
