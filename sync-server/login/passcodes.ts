import { createHmac, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../design-docs/errors.ts'
import { type Passcode, passcode as passcodeSchema } from '../../design-docs/sign-in.ts'
import type { Installation } from './installation.ts'
import { amendDoc, readDoc } from './office.ts'
import { graceMs } from './sessions.ts'

/** A passcode is short, so it is soon over. */
export const passcodeMs = 10 * 60_000
/** Who asks again sooner gets nothing: the first mail is still on its way. */
export const askAgainMs = 60_000
export const missesACode = 5
const asksAnHour = 6
const hourMs = 60 * 60_000

type Of = { event: string; number: string }

const passcodeId = ({ event, number }: Of) => `passcode:${event}:${number}`

/** The passcode that now holds for a number, and its digits; null when there is none. */
export async function standingPasscode(
  it: Installation,
  of: Of,
): Promise<{ digits: string; expiresAt: number } | null> {
  const found = await readDoc(it.office, passcodeId(of), passcodeSchema)
  if (!found || found.used || found.misses >= missesACode || found.expiresAt <= it.now()) return null
  return { digits: digitsOf(it, found), expiresAt: found.expiresAt }
}

/**
 * Makes a passcode for a number, whether anyone entered with it or not. Asked again while most of the old one's time is
 * left it stays the same, so that two mails which overtake each other say the same. Answers which mail this would be, or
 * null when it was asked for too often.
 */
export async function issuePasscode(it: Installation, of: Of): Promise<{ mail: string } | null> {
  const _id = passcodeId(of)
  const nonce = it.random(16).toString('hex')
  let issued = false
  const standing = await amendDoc(it.office, _id, {
    schema: passcodeSchema,
    change(found: Passcode | null): Passcode | null {
      const now = it.now()
      const askedAt = (found?.askedAt ?? []).filter((at) => at > now - hourMs && at <= now)
      issued = askedAt.length < asksAnHour && now - (askedAt.at(-1) ?? -Infinity) >= askAgainMs
      if (!issued) return null
      const asked = { askedAt: [...askedAt, now] }
      if (found && !found.used && found.misses === 0 && found.expiresAt - now > passcodeMs / 2) {
        return { ...found, ...asked }
      }
      return { _id, type: 'passcode', ...of, nonce, expiresAt: now + passcodeMs, misses: 0, ...asked }
    },
  })
  return issued && standing ? { mail: `${standing.nonce.slice(0, 16)}-${standing.askedAt.at(-1)}` } : null
}

/**
 * Uses a passcode up; throws ZK-AUTH-006 for every other six digits. The same device that lost the answer gets in again
 * for two minutes.
 */
export async function usePasscode(it: Installation, of: Of, given: { digits: string; device: string }): Promise<void> {
  let right = false
  await amendDoc(it.office, passcodeId(of), {
    schema: passcodeSchema,
    change(found): Passcode | null {
      const now = it.now()
      // Without a code the same is reckoned, for nothing.
      const same = sameDigits(digitsOf(it, found ?? { ...of, nonce: '' }), given.digits)
      right = found !== null && same && holds(found, given.device, now)
      if (!found || found.misses >= missesACode) return null
      if (!right) return { ...found, misses: found.misses + 1 }
      return { ...found, used: found.used ?? { at: now, device: given.device } }
    },
  })
  if (!right) throw new AppError('ZK-AUTH-006')
}

function holds({ used, misses, expiresAt }: Passcode, device: string, now: number): boolean {
  if (used) return used.device === device && now - used.at <= graceMs
  return misses < missesACode && expiresAt > now
}

/** Six digits out of 64 bits of an HMAC: none is likelier than another by more than one in ten billion. */
function digitsOf(it: Pick<Installation, 'keys'>, { event, number, nonce }: Of & { nonce: string }): string {
  const mac = createHmac('sha256', it.keys.hmac).update(`passcode:${event}:${number}:${nonce}`).digest()
  return String(mac.readBigUInt64BE() % 1_000_000n).padStart(6, '0')
}

function sameDigits(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
