import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import type { Passkey } from '../../design-docs/sign-in.ts'
import { readJson } from '../gateway/read-body.ts'
import { beginCeremony, endCeremony, relyingParty } from './ceremony.ts'
import type { GuardedEnv } from './guard.ts'
import type { Installation } from './installation.ts'
import { keepPasskey, passkeyId, passkeysOf, removePasskey } from './passkeys.ts'
import { accountNow } from './remember-account.ts'

const text = z.string().max(20_000)
/** A new key as a browser gives it (WebAuthn level 3, `toJSON`). */
const attestation = z.looseObject({
  id: z.string().regex(/^[\w-]{16,400}$/),
  rawId: text,
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: text, attestationObject: text }),
})
const making = z.object({ response: attestation, label: z.string().trim().min(1).max(80) })
const mostKeys = 20

/** An admin's own keys, to be mounted at `/api/events`. */
export function passkeyRoutes(
  it: Installation,
  { https, publicUrl }: { https: boolean; publicUrl?: string | undefined },
): Hono<GuardedEnv> {
  const app = new Hono<GuardedEnv>()
  const own = (c: Context<GuardedEnv>) => passkeysOf(it, c.var.caller.event, c.var.caller.account)

  app.get('/:event/passkeys', async (c) => c.json({ passkeys: (await own(c)).map(shown) }))

  app.post('/:event/passkeys/start', async (c) => {
    const { account, event } = c.var.caller
    const held = await own(c)
    if (held.length >= mostKeys) throw new AppError('ZK-PLAN-002')
    const { generateRegistrationOptions } = await import('@simplewebauthn/server')
    const { name } = await accountNow(it, account)
    const options = await generateRegistrationOptions({
      rpName: `zekken ${event}`,
      rpID: relyingParty(c, publicUrl).id,
      userID: new TextEncoder().encode(`${event}:${account}`),
      userName: `${name} · ${event}`,
      userDisplayName: name,
      attestationType: 'none',
      excludeCredentials: held.map(({ _id }) => ({ id: _id.slice(passkeyId('').length) })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    await beginCeremony(it, c, { of: 'make', challenge: options.challenge, account }, https)
    return c.json(options)
  })

  app.post('/:event/passkeys', async (c) => {
    const { account, event } = c.var.caller
    const { response, label } = await readJson(c, making)
    const begun = await endCeremony(it, c, 'make')
    if (begun.account !== account) throw new AppError('ZK-AUTH-006')
    const owner = { event, account, label }
    const given = response as unknown as RegistrationResponseJSON
    const site = relyingParty(c, publicUrl)
    return c.json(shown(await keepPasskey(it, owner, { response: given, challenge: begun.challenge, site })), 201)
  })

  app.delete('/:event/passkeys/:passkey', async (c) => {
    const { account, event } = c.var.caller
    await removePasskey(it, c.req.param('passkey'), { event, account })
    return c.body(null, 204)
  })
  return app
}

const shown = ({ _id, label, madeAt, usedAt }: Passkey) => ({
  id: _id.slice(passkeyId('').length),
  label,
  madeAt,
  usedAt,
})
