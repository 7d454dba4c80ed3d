import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { EncryptJWT, jwtDecrypt } from 'jose'
import { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import type { Installation } from './installation.ts'

export const attemptMs = 10 * 60_000
/** The apps that staff sign in to; each begins its `state` with its name, which is where the answer goes. */
export const openIdApps = ['staff', 'admin'] as const
export type OpenIdApp = (typeof openIdApps)[number]

const attempt = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
})
export type Attempt = z.infer<typeof attempt>

const path = '/api/login/oidc'
const cookieName = (app: OpenIdApp) => `zekken-openid-${app}`
const sealingKey = (it: Pick<Installation, 'keys'>) =>
  createHmac('sha256', it.keys.hmac).update('openid-attempt').digest()

/** Begins a sign-in that only this browser can end: what ends it lies sealed in a cookie that no script and no other site sees. */
export async function beginAttempt(
  it: Installation,
  c: Context,
  { app, redirectUri, https }: { app: OpenIdApp; redirectUri: string; https: boolean },
): Promise<Attempt> {
  const secret = () => it.random(32).toString('base64url')
  const begun: Attempt = { state: `${app}.${secret()}`, nonce: secret(), verifier: secret(), redirectUri }
  const sealed = await new EncryptJWT(begun)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setExpirationTime(Math.floor((it.now() + attemptMs) / 1000))
    .encrypt(sealingKey(it))
  const maxAge = attemptMs / 1000
  setCookie(c, cookieName(app), sealed, { path, httpOnly: true, sameSite: 'Strict', secure: https, maxAge })
  return begun
}

/** Takes the browser's attempt up, once; throws ZK-AUTH-003 where it has none, is too late, or began another one. */
export async function endAttempt(
  it: Installation,
  c: Context,
  { app, state }: { app: OpenIdApp; state: string },
): Promise<Attempt> {
  const sealed = getCookie(c, cookieName(app)) ?? ''
  const opened = await jwtDecrypt(sealed, sealingKey(it), {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
    currentDate: new Date(it.now()),
  }).catch((cause: unknown) => {
    throw new AppError('ZK-AUTH-003', { cause })
  })
  const begun = attempt.parse(opened.payload)
  if (!isSame(begun.state, state)) throw new AppError('ZK-AUTH-003')
  deleteCookie(c, cookieName(app), { path })
  return begun
}

/** The app that a `state` of ours is of; null for anything else. */
export const appOfState = (state: string): OpenIdApp | null =>
  openIdApps.find((app) => state.startsWith(`${app}.`)) ?? null

/** PKCE, RFC 7636, method S256. */
export const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
