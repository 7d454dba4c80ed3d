import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import { readJson } from '../gateway/read-body.ts'
import { admit } from './admit.ts'
import { beginCeremony, endCeremony, relyingParty } from './ceremony.ts'
import { deviceDraft } from './devices.ts'
import type { Installation } from './installation.ts'
import { provePasskey } from './passkeys.ts'
import { addressOf, rateLimit } from './rate-limit.ts'
import { accountNow } from './remember-account.ts'

const text = z.string().max(8000)
/** An assertion as a browser gives it (WebAuthn level 3, `toJSON`). */
const assertion = z.looseObject({
  id: z.string().regex(/^[\w-]{16,400}$/),
  rawId: text,
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: text, authenticatorData: text, signature: text }),
})
const ending = z.object({ response: assertion, device: deviceDraft })

const perMinute = 60

type Options = { https: boolean; publicUrl?: string | undefined }

/** Sign-in of admins by a key of their own device, to be mounted at `/api/login/passkey`. */
export function passkeySignIn(it: Installation, { https, publicUrl }: Options): Hono {
  const app = new Hono()
  const tries = rateLimit({ tries: perMinute, windowMs: 60_000, now: it.now })

  app.post('/start', async (c) => {
    tries.take(addressOf(c))
    const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
    const { id } = relyingParty(c, publicUrl)
    const options = await generateAuthenticationOptions({ rpID: id, userVerification: 'required' })
    await beginCeremony(it, c, { of: 'use', challenge: options.challenge, account: '' }, https)
    return c.json(options)
  })

  app.post('/', async (c) => {
    tries.take(addressOf(c))
    const { response, device } = await readJson(c, ending)
    const { challenge } = await endCeremony(it, c, 'use')
    const site = relyingParty(c, publicUrl)
    const given = response as unknown as AuthenticationResponseJSON
    const { account, event } = await provePasskey(it, { response: given, challenge, site })
    const person = await accountNow(it, account)
    // Whoever has lost the role since has lost this way in.
    if (person.role !== 'admin' || person.event !== event) throw new AppError('ZK-AUTH-006')
    return c.json(await admit(it, c, { person, device, way: 'passkey', https }))
  })
  return app
}
