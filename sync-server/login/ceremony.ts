import { createHmac } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { EncryptJWT, jwtDecrypt } from 'jose'
import { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import type { Installation } from './installation.ts'

export const ceremonyMs = 5 * 60_000
/** `make` is for the account that began it, `use` for whoever comes. */
export type Ceremony = { of: 'make' | 'use'; challenge: string; account: string }
const ceremony = z.object({ of: z.enum(['make', 'use']), challenge: z.string(), account: z.string() })

const path = '/api'
const cookieName = (of: Ceremony['of']) => `zekken-passkey-${of}`
const sealingKey = (it: Pick<Installation, 'keys'>) =>
  createHmac('sha256', it.keys.hmac).update('passkey-ceremony').digest()

/** Begins what only this browser can end: the challenge lies sealed in a cookie that no script and no other site sees. */
export async function beginCeremony(it: Installation, c: Context, begun: Ceremony, https: boolean): Promise<void> {
  const sealed = await new EncryptJWT(begun)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setExpirationTime(Math.floor((it.now() + ceremonyMs) / 1000))
    .encrypt(sealingKey(it))
  const maxAge = ceremonyMs / 1000
  setCookie(c, cookieName(begun.of), sealed, { path, httpOnly: true, sameSite: 'Strict', secure: https, maxAge })
}

/** Takes up what this browser began; ZK-AUTH-006 where it began nothing, something else, or too long ago. */
export async function endCeremony(it: Installation, c: Context, of: Ceremony['of']): Promise<Ceremony> {
  const opened = await jwtDecrypt(getCookie(c, cookieName(of)) ?? '', sealingKey(it), {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
    currentDate: new Date(it.now()),
  }).catch((cause: unknown) => {
    throw new AppError('ZK-AUTH-006', { cause })
  })
  const begun = ceremony.parse(opened.payload)
  if (begun.of !== of) throw new AppError('ZK-AUTH-006')
  deleteCookie(c, cookieName(of), { path })
  return begun
}

/** The site that keys are bound to: the host of our public address, else of the request's. */
export function relyingParty(c: Context, publicUrl: string | undefined): { id: string; origin: string } {
  const { hostname, origin } = new URL(publicUrl ?? c.req.url)
  return { id: hostname, origin }
}
