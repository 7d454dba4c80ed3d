import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import { readJson } from '../gateway/read-body.ts'
import { admit } from './admit.ts'
import { deviceDraft } from './devices.ts'
import type { Installation } from './installation.ts'
import { appOfState, beginAttempt, challengeOf, endAttempt, openIdApps } from './oidc-attempt.ts'
import { type OpenIdIssuer, openIdIssuer } from './oidc-issuer.ts'
import { openIdPerson } from './oidc-person.ts'
import type { OpenIdSettings } from './oidc-settings.ts'
import { addressOf, rateLimit } from './rate-limit.ts'
import { rememberAccount } from './remember-account.ts'

const starting = z.object({ app: z.enum(openIdApps) })
const device = deviceDraft.extend({ app: z.enum(openIdApps) })
const ending = z.object({
  code: z.string().min(1).max(4000),
  state: z.string().min(1).max(200),
  iss: z.string().max(2000).optional(),
  device,
})

/** A venue's phones share one address. */
const perMinute = 120

type Options = {
  https: boolean
  publicUrl?: string | undefined
  /** None: nobody signs in this way, and the screens do not offer it. */
  settings: OpenIdSettings | undefined
  issuer?: OpenIdIssuer
}

/**
 * Sign-in of staff by OpenID Connect (code flow with PKCE), to be mounted at `/api/login/oidc`. What comes back from the
 * issuer signs nobody in by itself: it goes on into the app, which shows it together with the cookie that began it.
 */
export function oidcRoutes(
  it: Installation,
  { https, publicUrl, settings, issuer = settings && openIdIssuer({ it, settings }) }: Options,
): Hono {
  const app = new Hono()
  const tries = rateLimit({ tries: perMinute, windowMs: 60_000, now: it.now })

  app.get('/', (c) => c.json({ issuer: settings ? new URL(settings.issuer).host : null }))

  app.post('/start', async (c) => {
    tries.take(addressOf(c))
    const asked = await readJson(c, starting)
    if (!settings || !issuer) throw new AppError('ZK-SYS-003')
    const { authorization_endpoint } = await issuer.about()
    const base = (publicUrl ?? new URL(c.req.url).origin).replace(/\/$/, '')
    const redirectUri = `${base}/api/login/oidc/callback`
    const { state, nonce, verifier } = await beginAttempt(it, c, { app: asked.app, redirectUri, https })
    const url = new URL(authorization_endpoint)
    const wanted = {
      response_type: 'code',
      client_id: settings.clientId,
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      state,
      nonce,
      code_challenge: challengeOf(verifier),
      code_challenge_method: 'S256',
    }
    for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value)
    return c.json({ url: url.href })
  })

  app.get('/callback', (c) => {
    const { code, state = '', iss, error } = c.req.query()
    const target = appOfState(state)
    if (!target) throw new AppError('ZK-SYS-004')
    const given = code && !error ? { openid: code, state, ...(iss ? { iss } : {}) } : { openid: '', state }
    // In the fragment, which a browser sends to no server and writes to no log.
    return c.redirect(`/${target}/#${new URLSearchParams(given)}`, 303)
  })

  app.post('/', async (c) => {
    tries.take(addressOf(c))
    const { code, state, iss, device } = await readJson(c, ending)
    if (!settings || !issuer) throw new AppError('ZK-SYS-003')
    const { nonce, verifier, redirectUri } = await endAttempt(it, c, { app: device.app, state })
    // RFC 9207: an answer of another issuer must not bring its code to ours.
    if (iss !== undefined && iss !== (await issuer.about()).issuer) throw new AppError('ZK-AUTH-006')
    const claims = await issuer.claimsFor({ code, verifier, nonce, redirectUri })
    const person = await openIdPerson(it, { claims, rolesClaim: settings.rolesClaim, app: device.app })
    await rememberAccount(it, person)
    return c.json(await admit(it, c, { person, device, way: 'openid', https }))
  })

  return app
}
