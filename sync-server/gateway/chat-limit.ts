import type { Fact } from '../../design-docs/facts.ts'
import { sideOf } from '../../functions/rules/side-of.ts'
import type { Installation } from '../login/installation.ts'

/** What a team may have written offline arrives at once; after that a message every few seconds. */
const atOnce = 60
const oneEveryMs = 5000
const mostDevices = 10_000

type Bucket = { filled: number; at: number }
const bucketsBy = new WeakMap<Installation, Map<string, Bucket>>()

/**
 * Whether a phone of a team may say one more: nobody can bury headquarters in messages. Counted in each process. What is
 * over it stays on the phone and can be offered again.
 */
export function chatLimit(it: Installation): (fact: Pick<Fact, 'type' | 'as' | 'device'>) => boolean {
  const buckets = bucketsBy.get(it) ?? new Map<string, Bucket>()
  bucketsBy.set(it, buckets)
  return ({ type, as, device }) => {
    if (type !== 'chat' || sideOf(as) !== 'team') return true
    const now = it.now()
    const { filled, at } = buckets.get(device) ?? { filled: 0, at: now }
    // A clock that was set back gives nothing away.
    const left = Math.max(0, filled - Math.max(0, now - at) / oneEveryMs)
    if (left + 1 > atOnce) return false
    if (buckets.size >= mostDevices) buckets.clear()
    buckets.set(device, { filled: left + 1, at: now })
    return true
  }
}
