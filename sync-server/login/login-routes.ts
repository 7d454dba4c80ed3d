import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import { eventCode } from '../../design-docs/primitives.ts'
import { refuseForgotten } from '../forget/forgotten-events.ts'
import { readJson } from '../gateway/read-body.ts'
import { admit } from './admit.ts'
import { deviceDraft } from './devices.ts'
import { eventName } from './event-name.ts'
import type { Installation } from './installation.ts'
import { consumeInvitation, findInvitation, type Ticket } from './invitations.ts'
import { writeAudit } from './office.ts'
import { oidcRoutes } from './oidc-routes.ts'
import type { OpenIdSettings } from './oidc-settings.ts'
import { passcodeRoutes } from './passcode-routes.ts'
import { passkeySignIn } from './passkey-sign-in.ts'
import { passwordRoutes } from './password-routes.ts'
import { addressOf, rateLimit } from './rate-limit.ts'
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './session-cookie.ts'
import { endSession, refreshSession } from './sessions.ts'
import { signedIn } from './signed-in.ts'

const ticket = z.union([
  z.object({ token: z.string().min(20).max(200) }),
  z.object({ code: z.string().min(8).max(40) }),
])
/** Older apps send nothing of use. */
const refreshing = z.object({ event: eventCode.optional() })
const signIn = z.intersection(ticket, z.object({ device: deviceDraft }))

type Options = { https?: boolean; publicUrl?: string | undefined; openId?: OpenIdSettings | undefined }

/** Sign-in, refresh and leaving, to be mounted at `/api/login`. */
export function loginRoutes(it: Installation, { https = false, publicUrl, openId }: Options = {}): Hono {
  const app = new Hono()
  // A venue's phones share one address: honest failures are few, guesses are many.
  const failures = rateLimit({ tries: 40, windowMs: 60_000, now: it.now })

  async function counted<T>(c: Context, work: Promise<T>): Promise<T> {
    return await work.catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'ZK-AUTH-003') failures.take(addressOf(c))
      throw error
    })
  }

  app.post('/invitation/look', async (c) => {
    const { event, role, name } = await counted(c, findInvitation(it, await readJson(c, ticket)))
    return c.json({ event, eventName: await eventName(it, event), role, name })
  })

  app.post('/invitation', async (c) => {
    const { device, ...given } = await readJson(c, signIn)
    const person = await counted(c, consumeInvitation(it, given as Ticket, device.id))
    return c.json(await admit(it, c, { person, device, way: 'invitation', https }))
  })

  app.post('/refresh', async (c) => {
    const { event } = await readJson(c, refreshing).catch(() => ({ event: undefined }))
    // Sessions of a forgotten event are gone with it: what the phone says of itself is all there is to go by.
    if (event !== undefined) await refuseForgotten(it, event)
    const shown = readSessionCookie(c)
    if (!shown) throw new AppError('ZK-AUTH-001')
    const { session, cookie } = await refreshSession(it, shown)
    await refuseForgotten(it, session.event)
    writeSessionCookie(c, cookie, https)
    return c.json(await signedIn(it, session))
  })

  app.post('/leave', async (c) => {
    const shown = readSessionCookie(c)
    const ended = shown ? await endSession(it, shown) : null
    if (ended) {
      const { account, device, event } = ended
      await writeAudit(it.office, it.now(), { by: account, action: 'left', about: device, event })
    }
    clearSessionCookie(c)
    return c.body(null, 204)
  })

  app.route('/', passcodeRoutes(it, { https }))
  app.route('/', passwordRoutes(it, { https }))
  app.route('/passkey', passkeySignIn(it, { https, publicUrl }))
  app.route('/oidc', oidcRoutes(it, { https, publicUrl, settings: openId }))
  return app
}
