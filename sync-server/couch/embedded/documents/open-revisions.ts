import type { Store, StoredDoc } from '../storage/open-store.ts'

export type OpenRevision = { ok: StoredDoc } | { missing: string }

/** Leaf revisions of a document (`all`) or the named ones; empty when nobody has heard of the document. */
export async function openRevisions(
  store: Store,
  id: string,
  revs: 'all' | string[],
  options: { revs?: boolean; latest?: boolean; attachments?: boolean; binary?: boolean },
): Promise<OpenRevision[]> {
  try {
    const found: unknown = await store.get(id, { ...options, open_revs: revs })
    return (found as OpenRevision[]).map(withoutTorn)
  } catch (error) {
    if (revs === 'all' && (error as { status?: number }).status === 404) return []
    throw error
  }
}

const digestOfNothing = 'md5-1B2M2Y8AsgTpgAmY7PhCfg=='

/** A replaced revision whose attachments a compaction took while it was being read is missing, not empty. */
function withoutTorn(revision: OpenRevision): OpenRevision {
  if (!('ok' in revision)) return revision
  const attachments = Object.values(revision.ok._attachments ?? {})
  const isTorn = attachments.some(({ data, digest }) => data?.length === 0 && digest !== digestOfNothing)
  return isTorn ? { missing: revision.ok._rev } : revision
}

/** Whether a client names this type; a wildcard does not count, since JSON is what everybody understands. */
export function accepts(headers: Headers, type: string): boolean {
  const names = (headers.get('accept') ?? '').split(',').map((part) => part.split(';')[0]?.trim().toLowerCase())
  return names.includes(type)
}
