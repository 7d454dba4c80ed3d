import { createHash } from 'node:crypto'
import { AppError } from '../../design-docs/errors.ts'
import { type BatchFile, batchFileId } from '../../design-docs/uploads.ts'
import type { Storage } from '../images/storage.ts'
import { withheld } from '../images/withheld.ts'
import type { Installation } from '../login/installation.ts'
import { amendFile, type OfBatch } from './batches.ts'
import { inspectPicture } from './inspect-picture.ts'

export type Uploads = { it: Installation; storage: Storage }
export type Incoming = OfBatch & {
  sha256: string
  by: string
  /** With folders, as its sender names it. */
  path: string
  /** Null: not sent, since it is larger than any file that is taken. */
  bytes: Uint8Array | null
  /** As the sender counted them. */
  size: number
}

/**
 * Takes one file into a batch, named by its content, so that sending it again changes nothing but adds the name under
 * which it came. The bytes are kept before the batch says that they are there; what is no picture is noted, not kept.
 * ZK-FILM-002 when the bytes are not those that were announced.
 */
export async function takeFile({ it, storage }: Uploads, incoming: Incoming): Promise<BatchFile> {
  const { event, batch, sha256, bytes, size } = incoming
  const path = tidyPath(incoming.path)
  const fresh = { paths: [path], bytes: bytes?.length ?? size, at: it.now() }
  const head = { _id: batchFileId(batch, sha256), type: 'batch-file', event, batch, sha256, choice: {} } as const
  const named = await amendFile(it.couch, incoming, (found) => found && withPath(found, path))
  if (named) return named

  const made = bytes
    ? await keep({ it, storage }, { event, sha256, bytes, by: incoming.by })
    : { problem: 'too-large' as const, told: {} }
  const file = await amendFile(it.couch, incoming, (found) =>
    found ? withPath(found, path) : { ...head, ...fresh, ...made },
  )
  return file ?? { ...head, ...fresh, ...made }
}

/** Nothing when the name is known already. */
const withPath = (found: BatchFile, path: string): BatchFile | null =>
  found.paths.includes(path) || found.paths.length >= 50 ? null : { ...found, paths: [...found.paths, path] }

type Kept = Partial<BatchFile> & Pick<BatchFile, 'told'>

async function keep(
  { it, storage }: Uploads,
  { event, sha256, bytes, by }: { event: string; sha256: string; bytes: Uint8Array; by: string },
): Promise<Kept> {
  const actual = createHash('sha256').update(bytes).digest('hex')
  if (actual !== sha256) throw new AppError('ZK-FILM-002', { figures: { bytes: bytes.length } })
  const seen = await inspectPicture(it, bytes)
  if (seen.problem === 'unscanned') throw await withheld({ it, storage }, { event, bytes, by }, seen)
  if (seen.problem === 'infected') await withheld({ it, storage }, { event, bytes, by }, seen)
  if (seen.problem) return { problem: seen.problem, told: {} }
  const { preview, ...facts } = seen
  const storageKey = uploadKey(event, sha256)
  if (!(await storage.has(storageKey))) await storage.put(storageKey, bytes, seen.contentType)
  const _attachments = { preview: { content_type: 'image/jpeg', data: preview.toString('base64') } }
  return { ...facts, storageKey, _attachments }
}

/** Apart from originals that phones bring, so that throwing a batch away never touches those. */
export const uploadKey = (event: string, sha256: string) => `${event}/upload/${sha256}`

/** A name is only ever shown and read for a number: what no line of text holds goes, and it never is a path here. */
export const tidyPath = (path: string): string =>
  path
    .replace(/\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .trim()
    .slice(-300) || '?'
