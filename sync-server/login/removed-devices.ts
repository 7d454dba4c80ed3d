import { findDevice } from './devices.ts'
import type { Installation } from './installation.ts'

/** How long an answer may be used again: a removal made by another server process is seen after this. */
const keptMs = 3000

type Known = { removed: Promise<boolean>; until: number }
const knownBy = new WeakMap<Installation, Map<string, Known>>()

/** Whether the device was taken out; asked with every request, so the answer is kept for three seconds. */
export async function isRemoved(it: Installation, device: string): Promise<boolean> {
  const known = knownBy.get(it) ?? new Map<string, Known>()
  knownBy.set(it, known)
  const now = it.now()
  const kept = known.get(device)
  if (kept && kept.until > now) return await kept.removed
  if (known.size > 5000) known.clear()
  const removed = findDevice(it, device).then((found) => found?.removed !== undefined)
  known.set(device, { removed, until: now + keptMs })
  // A failed look-up is not kept: the next request asks again.
  removed.catch(() => known.delete(device))
  return await removed
}

/** Forgets what is known of a device, so that its removal holds from the next request on. */
export function forgetDevice(it: Installation, device: string): void {
  knownBy.get(it)?.delete(device)
}
