import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import type { Installation } from '../login/installation.ts'
import { sessionProof } from './image-links.ts'

const prefix = 'zekken-i-'
const maxAgeSeconds = 3600

/**
 * Lets the browser that a link was made in open it, also as a page or a picture of its own. One cookie a session: two apps of
 * one browser do not push each other out.
 */
export function writeProofCookie(
  c: Context,
  it: Pick<Installation, 'keys'>,
  { session, https }: { session: string; https: boolean },
): void {
  const name = prefix + createHash('sha256').update(session).digest('hex').slice(0, 8)
  setCookie(c, name, sessionProof(it, session), {
    path: '/i',
    httpOnly: true,
    sameSite: 'Strict',
    secure: https,
    maxAge: maxAgeSeconds,
  })
}

/** What a browser shows of its sessions. */
export const proofCookies = (cookies: Record<string, string>): string[] =>
  Object.entries(cookies).flatMap(([name, value]) => (name.startsWith(prefix) ? [value] : []))
