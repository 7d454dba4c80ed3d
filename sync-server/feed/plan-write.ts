import { databaseName } from '../../design-docs/databases.ts'
import type { Effect, Place } from '../../functions/define.ts'
import type { CouchDoc, Stored } from '../couch/client.ts'
import { contentHash, digests } from './content-hash.ts'
import type { Target } from './targets.ts'

/** An effect on a document. */
export type Write = Extract<Effect, { do: 'put' | 'create' | 'remove' }>
export const isWrite = (effect: Effect): effect is Write => ['put', 'create', 'remove'].includes(effect.do)
export const writtenId = (write: Write) => (write.do === 'remove' ? write.id : write.doc._id)
export const placeName = (event: string, at: Place) =>
  at.kind === 'team' ? databaseName(event, 'team', at.team) : databaseName(event, at.kind)

const nothing: Target = { rev: null, hash: null }

/** The document to be written over what stands there, and the hash of its content; null when nothing is to change. */
export function planWrite(write: Write, target: Target = nothing): { doc: CouchDoc; hash: string | null } | null {
  const standing = target.rev === null ? {} : { _rev: target.rev }
  if (write.do === 'remove') {
    return target.rev === null ? null : { doc: { _id: write.id, ...standing, _deleted: true }, hash: null }
  }
  if (write.do === 'create' && target.rev !== null) return null
  const attachments = write.do === 'put' ? write.attachments : undefined
  const hash = contentHash(write.doc, digests(attachments))
  if (hash === target.hash) return null
  const { _rev, _attachments, ...content } = write.doc as CouchDoc
  const inline = Object.entries(attachments ?? {}).map(([name, { contentType, bytes }]) => [
    name,
    { content_type: contentType, data: Buffer.from(bytes).toString('base64') },
  ])
  const carried = inline.length > 0 ? { _attachments: Object.fromEntries(inline) } : {}
  return { doc: { ...content, ...standing, ...carried } as CouchDoc, hash }
}

/** The document as a read would bring it: attachments as stubs. */
export function asStored({ _attachments, ...doc }: CouchDoc, rev: string): Stored {
  if (_attachments === undefined) return { ...doc, _rev: rev }
  const inline = Object.entries(_attachments as Record<string, { content_type: string }>)
  const stubs = inline.map(([name, { content_type }]) => [name, { content_type, stub: true }])
  return { ...doc, _rev: rev, _attachments: Object.fromEntries(stubs) }
}
