import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { applicationDraft, officeRoles } from '../../design-docs/applications.ts'
import { entryField } from '../../design-docs/entry.ts'
import { AppError } from '../../design-docs/errors.ts'
import { eventCode, instant, ulidText, words } from '../../design-docs/primitives.ts'
import { checkApplication } from '../../functions/rules/check-application.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { invitationLink } from '../login/invitation-routes.ts'
import { addressOf, rateLimit } from '../login/rate-limit.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { applyPlan, askedOf, findApplication, keepApplication } from './applications.ts'
import { declineApplication, grantApplication } from './decide-application.ts'

const tags = ['entry']
const ofEvent = z.object({ event: eventCode })
const ofDraft = z.object({ event: eventCode, draft: ulidText })
const staffForm = z.object({
  event: z.object({ code: eventCode, name: words, timeZone: z.string(), startsAt: instant }),
  state: z.enum(['open', 'closed']),
  /** As of the members of a team. */
  memberNames: z.enum(['full', 'single']),
  /** The organizers' own questions. */
  fields: z.array(entryField),
})
const sent = z.strictObject({ draft: ulidText, application: applicationDraft, language: z.enum(['ja', 'en']) })
const decision = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('granted'), role: z.enum(officeRoles) }),
  z.strictObject({ is: z.literal('declined'), word: z.string().trim().max(500).default(''), tell: z.boolean() }),
])
const way = z.object({ link: z.string(), code: z.string(), codeExpiresAt: instant, expiresAt: instant })

/** A club applies from one address; all the world together less than would bury who reads it. */
const limits = { ofAddress: 60, ofAll: 600, windowMs: 10 * 60_000 }

type Links = { publicUrl(requested: string): string }

/** Applying to work on an event, and what an admin decides on it; to be mounted at `/api/events`. */
export function applicationRoutes(it: Installation, links: Links): OpenAPIHono<GuardedEnv> {
  const api = openApi('ZK-ENTRY-003')
  const ofAddress = rateLimit({ tries: limits.ofAddress, windowMs: limits.windowMs, now: it.now })
  const ofAll = rateLimit({ tries: limits.ofAll, windowMs: limits.windowMs, now: it.now })

  const read = createRoute({
    method: 'get',
    path: '/{event}/staff-form',
    tags,
    summary: 'Whether people can apply as staff',
    request: { params: ofEvent },
    responses: jsonAnswer(staffForm, 'The event'),
  })
  api.openapi(read, async (c) => {
    const { event, isOpen } = await applyPlan(it, c.req.valid('param').event)
    const { code, name, timeZone, startsAt } = event
    const state = isOpen ? ('open' as const) : ('closed' as const)
    return c.json({ event: { code, name, timeZone, startsAt }, state, ...askedOf(event) }, 200)
  })

  const apply = createRoute({
    method: 'post',
    path: '/{event}/applications',
    tags,
    summary: 'Apply as staff; sent again with the same draft it is the same application',
    request: { params: ofEvent, body: jsonBody(sent) },
    responses: jsonAnswer(z.object({ received: z.literal(true) }), 'It was received'),
  })
  api.openapi(apply, async (c) => {
    ofAddress.take(addressOf(c))
    ofAll.take('all')
    const { event: code } = c.req.valid('param')
    const { draft, application, language } = c.req.valid('json')
    const { event, isOpen } = await applyPlan(it, code)
    if (!isOpen) {
      // Who lost the answer hears it also when applications have closed since.
      if (await findApplication(it, code, draft)) return c.json({ received: true as const }, 200)
      throw new AppError('ZK-ENTRY-007')
    }
    const checked = checkApplication(application, askedOf(event))
    if (!checked.ok) throw new AppError('ZK-ENTRY-003', { figures: { fields: checked.bad } })
    await keepApplication(it, code, { draft, language, checked: checked.application })
    return c.json({ received: true as const }, 200)
  })

  const decide = createRoute({
    method: 'put',
    path: '/{event}/applications/{draft}',
    tags,
    summary: 'Give an applicant a role, or decline',
    request: { params: ofDraft, body: jsonBody(decision) },
    responses: jsonAnswer(z.object({ way: way.nullable() }), 'The invitation, unless there is none or it was used'),
  })
  api.openapi(decide, async (c) => {
    const asked = { ...c.req.valid('param'), by: c.var.caller.account }
    const wanted = c.req.valid('json')
    if (wanted.is === 'declined') {
      await declineApplication(it, asked, wanted)
      return c.json({ way: null }, 200)
    }
    const made = await grantApplication(it, asked, wanted.role)
    if (!made) return c.json({ way: null }, 200)
    const { code, codeExpiresAt, expiresAt } = made
    const link = invitationLink(links.publicUrl(c.req.url), wanted.role, made)
    return c.json({ way: { link, code, codeExpiresAt, expiresAt } }, 200)
  })
  return api
}
