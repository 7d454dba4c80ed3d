import type { Records } from './level.ts'
import { attachmentKey, bytesKey, type Operation, put } from './records.ts'

/** Takes removed revisions of a document off an attachment; bytes that nobody refers to any more go. */
export async function releaseAttachment(
  records: Records,
  digest: string,
  { id, removed }: { id: string; removed: ReadonlySet<string> },
): Promise<Operation[]> {
  const { refs = {} } = (await records.json<{ refs?: Record<string, true> }>(attachmentKey(digest))) ?? {}
  const isRemoved = (ref: string) => ref.startsWith(`${id}@`) && removed.has(ref.slice(id.length + 1))
  const kept = Object.entries(refs).filter(([ref]) => !isRemoved(ref))
  if (kept.length > 0) return [put(attachmentKey(digest), { refs: Object.fromEntries(kept) })]
  return [
    { type: 'del', key: attachmentKey(digest) },
    { type: 'del', key: bytesKey(digest) },
  ]
}
