import { type Caller, type GuardedRoute, mayCall, routeRights } from '../../design-docs/access.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { ConsoleDeps } from './console-deps.ts'

/** Lets a caller in by the access table; ZK-AUTH-001 without a token that holds good, ZK-AUTH-002 without the role. */
export async function admit(
  deps: Pick<ConsoleDeps, 'authenticate'>,
  request: Request,
  asked: { route: GuardedRoute; event: string },
): Promise<Caller> {
  const caller = await deps.authenticate(request)
  if (caller.event !== asked.event || !mayCall(routeRights[asked.route], caller.roles))
    throw new AppError('ZK-AUTH-002')
  return caller
}
