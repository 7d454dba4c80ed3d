import { SignJWT } from 'jose'
import { AppError } from '../../design-docs/errors.ts'
import { type Forgotten, forgotten, forgottenId } from '../../design-docs/forgetting.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc } from '../login/office.ts'

/** How long an answer may be used again: doors that another server process closed are seen as closed after this. */
export const keptMs = 3000

type Known = { found: Promise<boolean>; until: number }
const knownBy = new WeakMap<Installation['office'], Map<string, Known>>()

export const findForgotten = (it: Pick<Installation, 'office'>, event: string): Promise<Forgotten | null> =>
  readDoc(it.office, forgottenId(event), forgotten)

/** Whether an event is forgotten or about to be. Asked with every request, so the answer is kept for three seconds. */
export async function isForgotten(it: Pick<Installation, 'office' | 'now'>, event: string): Promise<boolean> {
  const known = knownBy.get(it.office) ?? new Map<string, Known>()
  knownBy.set(it.office, known)
  const now = it.now()
  let kept = known.get(event)
  if (!kept || kept.until <= now || kept.until > now + keptMs) {
    if (known.size > 1000) known.clear()
    const found = findForgotten(it, event).then((doc) => doc !== null)
    // A failed look-up is not kept: the next request asks again.
    found.catch(() => known.delete(event))
    kept = { found, until: now + keptMs }
    known.set(event, kept)
  }
  return await kept.found
}

/** Throws ZK-AUTH-009, with the order that lets phones let go, for an event that is forgotten or about to be. */
export async function refuseForgotten(it: Installation, event: string): Promise<void> {
  if (await isForgotten(it, event))
    throw new AppError('ZK-AUTH-009', { figures: { event, order: await forgetOrder(it, event) } })
}

/** Makes what was just written hold from the next request on, in this process. */
export function askAnew(it: Pick<Installation, 'office'>, event: string): void {
  knownBy.get(it.office)?.delete(event)
}

/** An order that only this server can give: everything of this event is to go from the phone. It names no device: it is for all. */
export async function forgetOrder(it: Pick<Installation, 'keys' | 'now'>, event: string): Promise<string> {
  return await new SignJWT({ event, order: 'forget' })
    .setProtectedHeader({ alg: 'ES256', kid: it.keys.signing.kid, typ: 'zekken-order' })
    .setIssuedAt(Math.floor(it.now() / 1000))
    .sign(it.keys.signing.privateKey)
}
