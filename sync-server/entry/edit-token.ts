import { createHmac, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../design-docs/errors.ts'
import type { Installation } from '../login/installation.ts'

/** What a link to an entry carries beside its id. Nothing of it is kept: whoever has the key can make it again. */
export const editTokenOf = (it: Pick<Installation, 'keys'>, event: string, draft: string) =>
  createHmac('sha256', it.keys.hmac).update(`entry-edit:${event}:${draft}`).digest('base64url')

/** Throws ZK-ENTRY-004 unless the token is that of the entry, compared in constant time. */
export function demandEditToken(it: Installation, entry: { event: string; draft: string }, shown: string): void {
  const wanted = Buffer.from(editTokenOf(it, entry.event, entry.draft))
  const given = Buffer.from(shown)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new AppError('ZK-ENTRY-004')
}
