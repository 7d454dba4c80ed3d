import { type Caller, mayAuthor } from '../../design-docs/access.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { Role } from '../../design-docs/primitives.ts'
import type { Installation } from '../login/installation.ts'
import type { Desks } from '../results/open-desks.ts'
import type { RowWorld } from './batch-rows.ts'

const byWeight: readonly Role[] = ['admin', 'judge', 'core']

/** What batches are read and taken with: the event as it stands, and the caller in the weightiest role that may. */
export async function uploadWorld(
  { it, desks }: { it: Installation; desks: Desks },
  event: string,
  caller: Caller,
): Promise<RowWorld> {
  const as = byWeight.find((role) => caller.roles.includes(role) && mayAuthor(role, 'checkin', undefined, []))
  if (!as) throw new AppError('ZK-AUTH-002')
  const { view } = await desks.of(event)
  const author = { by: caller.account, as, device: caller.device }
  return { couch: it.couch, images: view.images.values(), writing: { author, nowMs: it.now(), server: it.server } }
}
