import type { RevisionTree } from './revision-tree.ts'

/** How PouchDB 9 keeps a database in LevelDB: records of several kinds, told apart by the start of their keys. */
export const kinds = {
  /** What is known of a document, by its id. */
  document: '\xffdocument-store\xff',
  /** The bodies of revisions, by the sequence that wrote them. */
  body: '\xffby-sequence\xff',
  /** Who refers to an attachment, by its digest. */
  attachment: '\xffattach-store\xff',
  bytes: '\xffattach-binary-store\xff',
  /** Ours: documents of which a body was replaced, since they were last compacted. */
  replaced: '\xffzekken\xffreplaced\xff',
} as const

export const documentKey = (id: string) => kinds.document + id
export const bodyKey = (seq: number) => kinds.body + String(seq).padStart(16, '0')
export const attachmentKey = (digest: string) => kinds.attachment + digest
export const bytesKey = (digest: string) => kinds.bytes + digest
export const replacedKey = (id: string) => kinds.replaced + id
/** How many documents live; PouchDB's own. */
export const livingKey = '\xffmeta-store\xff_local_doc_count'
/** How many documents there are, deleted ones included; PouchDB counts the living only. */
export const totalKey = '\xffzekken\xfftotal'
/** A `Sizes`; absent in folders that an older version wrote or that were purged. */
export const sizesKey = '\xffzekken\xffsizes'

export type Metadata = {
  id: string
  rev_tree: RevisionTree
  /** The sequences of revisions whose bodies are here. */
  rev_map: Record<string, number>
  winningRev: string
  deleted: boolean
  seq: number
}
export type Body = { _attachments?: Record<string, { digest: string; length: number }> }
/** Bytes of bodies and attachments as they were written; `replaced` of them, about, serve no leaf any more. */
export type Sizes = { stored: number; replaced: number }

export type Operation = { type: 'put'; key: string; value: string } | { type: 'del'; key: string }
export const put = (key: string, value: unknown): Operation => ({ type: 'put', key, value: JSON.stringify(value) })

/** All keys that start so: `\xff` is the greatest character in front of a kind, and ids may hold any other. */
export const startingWith = (kind: string) => ({ gt: kind, lt: `${kind.slice(0, -1)}\u{10ffff}` })
