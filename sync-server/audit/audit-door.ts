import type { MiddlewareHandler } from 'hono'
import type { RouteRight } from '../../design-docs/access.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { findRoute } from '../login/find-route.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { addLine } from './add-line.ts'
import { auditedBy } from './request-audit.ts'

/** Calls that change nothing, or nothing but who looks at what. */
const changingNothing: ReadonlySet<string> = new Set([
  'POST /api/events/{event}/claims',
  'POST /api/events/{event}/plan/preview',
  'POST /api/events/{event}/decisions/effect',
  'POST /api/events/{event}/bulks/look',
  'POST /api/events/{event}/mailings/preview',
  'POST /api/events/{event}/mails/read',
  'POST /api/events/{event}/parcels/look',
  'POST /api/events/{event}/passkeys/start',
  'POST /api/events/{event}/print/bibs',
  'POST /api/events/{event}/print/posters',
  'POST /api/devices/heartbeat',
])
const organizers: readonly Role[] = ['core', 'judge', 'admin', 'server']
const isOfOrganizers = (right: RouteRight) => right !== 'anyone' && right.every((role) => organizers.includes(role))

/**
 * Every call of organizers that changes something is in the log: by a line of its own with what was before and after, or
 * else by this door's, which names the route. So a route that comes later cannot be forgotten.
 */
export function auditDoor(it: Pick<Installation, 'office' | 'now'>): MiddlewareHandler<GuardedEnv> {
  return async (c, next) => {
    const { method, path } = c.req
    const match = method === 'GET' || method === 'HEAD' ? null : findRoute(method, path)
    if (!match || !isOfOrganizers(match.right) || changingNothing.has(match.route)) return await next()
    const said = await auditedBy(next)
    if (said || c.res.status >= 300) return
    const { account: by, event } = c.var.caller
    const about = `${method} ${path}`.slice(0, 300)
    await addLine(it.office, it.now(), { by, action: 'called', about, ...(event !== 'all' && { event }) })
  }
}
