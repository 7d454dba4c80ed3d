import type { Context, MiddlewareHandler } from 'hono'
import { type Caller, mayCall, routeMenus } from '../../design-docs/access.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type Menu, mayOpen } from '../../design-docs/menus.ts'
import { refuseForgotten } from '../forget/forgotten-events.ts'
import { refuseForgottenTeam } from '../forget/forgotten-teams.ts'
import { readAccessToken } from './access-token.ts'
import { removalOrder } from './devices.ts'
import { findRoute } from './find-route.ts'
import type { Installation } from './installation.ts'
import { maskOf } from './menu-masks.ts'
import { isRemoved } from './removed-devices.ts'

export type GuardedEnv = { Variables: { caller: Caller } }

/** Looks at the path as the router does, so that the two cannot be told different things. Lets a request on `/api` through when the access table says so, with the caller in `c.var.caller`. */
export function guard(it: Installation): MiddlewareHandler<GuardedEnv> {
  return async (c, next) => {
    const match = findRoute(c.req.method === 'HEAD' ? 'GET' : c.req.method, c.req.path)
    if (!match) throw new AppError('ZK-SYS-003')
    if (match.right !== 'anyone') {
      const caller = await callerOf(it, c)
      c.set('caller', caller)
      if (!mayCall(match.right, caller.roles)) throw new AppError('ZK-AUTH-002')
      const event = match.parameters.event
      if (event !== undefined && event !== caller.event) throw new AppError('ZK-AUTH-002')
      const menu = (routeMenus as Partial<Record<string, Menu>>)[match.route]
      if (menu !== undefined && !mayOpen(await maskOf(it, caller), menu)) throw new AppError('ZK-AUTH-002')
    } else if (match.parameters.event !== undefined) await refuseForgotten(it, match.parameters.event)
    await next()
  }
}

/** Who asks. A removed device, and everyone of an event that is forgotten, hears its order at once, though its token has minutes left. */
export async function callerOf(it: Installation, c: Context): Promise<Caller> {
  const [scheme, token] = (c.req.header('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new AppError('ZK-AUTH-001')
  const caller = await readAccessToken(it.keys, token, it.now())
  await refuseForgotten(it, caller.event)
  await refuseForgottenTeam(it, caller)
  if (await isRemoved(it, caller.device)) {
    throw new AppError('ZK-AUTH-004', { figures: { order: await removalOrder(it, caller.device) } })
  }
  return caller
}
