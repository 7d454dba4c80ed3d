import { attachable } from './attachable.ts'
import type { Answer, Ask } from './http.ts'
import type { MirrorCopy } from './mirror-copy.ts'
import type { MirrorDoc } from './types.ts'

type Wanted = {
  copy: MirrorCopy
  doc: MirrorDoc
  attachment: string
  /** Of the server's database; null before the first contact. */
  path: string | null
  ask(path: string, ask?: Ask): Promise<Answer>
}
type KeptBytes = { _id: string; _rev: string; of: string }

/** An attachment of a mirrored document: from this phone when it is of this revision, else from the server, then kept. */
export async function bytesOf({ copy, doc, attachment, path, ask }: Wanted): Promise<Blob | null> {
  const { database } = copy.table
  const id = `bytes/${doc._id}/${attachment}`
  const kept = await database.get<KeptBytes>(id)
  if (kept?.of === doc._rev) return database.attachment(id, 'bytes')
  // Of an earlier revision, but here: without a network it is what there is.
  if (path === null) return kept ? database.attachment(id, 'bytes') : null
  const answer = await ask(`${path}/${encodeURIComponent(doc._id)}/${encodeURIComponent(attachment)}`, { binary: true })
  if (answer.kind !== 'ok') return kept ? database.attachment(id, 'bytes') : null
  const type = answer.headers.get('content-type') ?? 'application/octet-stream'
  const bytes = new Blob([answer.body as ArrayBuffer], { type })
  const _attachments = { bytes: { content_type: type, data: await attachable(bytes) } }
  await copy.table.write([{ _id: id, ...(kept && { _rev: kept._rev }), of: doc._rev, _attachments } as KeptBytes])
  return bytes
}
