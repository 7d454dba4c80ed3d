import { createHash } from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { AppError } from '../../design-docs/errors.ts'
import { type Passkey, passkey } from '../../design-docs/sign-in.ts'
import { ceremonyMs } from './ceremony.ts'
import type { Installation } from './installation.ts'
import { amendDoc, readDoc, readDocs, writeAudit } from './office.ts'

type Site = { id: string; origin: string }
export const passkeyId = (credential: string) => `passkey:${credential}`
/** Loaded when somebody wants a passkey: hardly any start does. */
const library = () => import('@simplewebauthn/server')

export const passkeysOf = (it: Installation, event: string, account: string): Promise<Passkey[]> =>
  readDocs(it.office, 'passkey', passkey).then((all) =>
    all.filter((one) => one.event === event && one.account === account).sort((a, b) => a.madeAt - b.madeAt),
  )

type Owner = Pick<Passkey, 'event' | 'account' | 'label'>

/** Keeps the public half of a key that this admin's device has made. ZK-AUTH-006 when it answers another question or site. */
export async function keepPasskey(
  it: Installation,
  owner: Owner,
  { response, challenge, site }: { response: RegistrationResponseJSON; challenge: string; site: Site },
): Promise<Passkey> {
  const { verifyRegistrationResponse } = await library()
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
  }).catch(refuse)
  if (!verified || !registrationInfo) throw new AppError('ZK-AUTH-006')
  const { id, publicKey, counter, transports = [] } = registrationInfo.credential
  const doc: Passkey = passkey.parse({
    _id: passkeyId(id),
    type: 'passkey',
    ...owner,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    transports,
    madeAt: it.now(),
    usedAt: null,
    answered: [],
  })
  if ((await it.office.put(doc)) === null) throw new AppError('ZK-AUTH-006')
  const { account: by, event, label } = owner
  await writeAudit(it.office, it.now(), { by, action: 'passkey-made', about: by, event, details: { label } })
  return doc
}

/** Whose key has answered; ZK-AUTH-006 when none of ours has, or has before. */
export async function provePasskey(
  it: Installation,
  { response, challenge, site }: { response: AuthenticationResponseJSON; challenge: string; site: Site },
): Promise<Passkey> {
  const _id = passkeyId(response.id)
  const found = await readDoc(it.office, _id, passkey)
  if (!found) throw new AppError('ZK-AUTH-006')
  const { verifyAuthenticationResponse } = await library()
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
    credential: {
      id: response.id,
      publicKey: new Uint8Array(Buffer.from(found.publicKey, 'base64url')),
      counter: found.counter,
    },
  }).catch(refuse)
  if (!verified) throw new AppError('ZK-AUTH-006')
  const hash = createHash('sha256').update(challenge).digest('base64url')
  await amendDoc(it.office, _id, {
    schema: passkey,
    change(now) {
      if (!now || now.answered.some((one) => one.challenge === hash)) throw new AppError('ZK-AUTH-006')
      const late = now.answered.filter(({ at }) => at > it.now() - 2 * ceremonyMs).slice(-99)
      const counter = Math.max(now.counter, authenticationInfo.newCounter)
      return { ...now, counter, usedAt: it.now(), answered: [...late, { challenge: hash, at: it.now() }] }
    },
  })
  return found
}

/** Nobody signs in with it any more; devices that are signed in stay so, and can be removed one by one. */
export async function removePasskey(it: Installation, credential: string, by: { event: string; account: string }) {
  const found = await readDoc(it.office, passkeyId(credential), passkey)
  if (!found || found.event !== by.event || found.account !== by.account) {
    throw new AppError('ZK-PLAN-004', { figures: { passkey: credential } })
  }
  const rev = await it.office.put({ _id: found._id, _rev: found._rev, _deleted: true })
  if (rev === null) throw new AppError('ZK-SYS-002')
  const { account, event } = by
  const line = {
    by: account,
    action: 'passkey-removed',
    about: account,
    event,
    details: { label: found.label },
  } as const
  await writeAudit(it.office, it.now(), line)
}

/** Whatever the library finds wrong is told as one thing. */
function refuse(cause: unknown): never {
  throw new AppError('ZK-AUTH-006', { cause })
}
