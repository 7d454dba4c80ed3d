import type { Answer, Ask } from './http.ts'
import type { MirrorRow } from './mirror-copy.ts'
import type { MirrorDoc } from './types.ts'

/** What `_changes` said: the winning revision of each document, none when it is gone. */
export type FeedPage = { rows: MirrorRow[]; since: string | number; pending: number | null }
export type FeedAnswer = { kind: 'ok'; page: FeedPage } | Exclude<Answer, { kind: 'ok' }>
export type FeedQuery = { since: string | number; limit: number; waitMs?: number; bare?: boolean; signal?: AbortSignal }

type ChangeRow = { id: string; seq: string | number; deleted?: boolean; changes: { rev: string }[]; doc?: MirrorDoc }

/** A page of a database's changes; `bare` brings ids and revisions only, `waitMs` waits for a first change. */
export async function readFeed(
  ask: (path: string, ask?: Ask) => Promise<Answer>,
  path: string,
  { since, limit, waitMs, bare = false, signal }: FeedQuery,
): Promise<FeedAnswer> {
  const query = new URLSearchParams({ style: 'main_only', since: String(since), limit: String(limit) })
  if (!bare) query.set('include_docs', 'true')
  if (waitMs) {
    query.set('feed', 'longpoll')
    query.set('timeout', String(waitMs))
  }
  const answer = await ask(`${path}/_changes?${query}`, { ...(waitMs && { waitMs }), ...(signal && { signal }) })
  if (answer.kind !== 'ok') return answer
  const body = answer.body as { results?: ChangeRow[]; last_seq?: string | number; pending?: number } | null
  if (!Array.isArray(body?.results) || body.last_seq === undefined) return { kind: 'blocked' }
  const rows = body.results
    .filter(({ id }) => !id.startsWith('_design/'))
    .map((row): MirrorRow => ({ id: row.id, doc: row.deleted ? null : (row.doc ?? bareDoc(row)) }))
  return { kind: 'ok', page: { rows, since: body.last_seq, pending: body.pending ?? null } }
}

const bareDoc = (row: ChangeRow): MirrorDoc => ({ _id: row.id, _rev: row.changes[0]?.rev ?? '' })
