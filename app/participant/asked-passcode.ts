import type { Signal } from '@preact/signals'
import { keptSignal } from '../ui/kept-signal.ts'

/** For whom a passcode was asked, by this device's clock. */
export type AskedPasscode = { event: string; number: string; askedAt: number; againAt: number }

/** It outlives the page: whoever reads the mail on the same phone comes back to a page that was thrown away. */
export const askedPasscode: Signal<AskedPasscode | null> = keptSignal<AskedPasscode | null>(
  'zekken.team.asked-passcode',
  null,
  (value) => {
    const { event, number, askedAt, againAt } = (value ?? {}) as Partial<AskedPasscode>
    if (typeof event !== 'string' || typeof number !== 'string') return undefined
    if (typeof askedAt !== 'number' || typeof againAt !== 'number') return undefined
    return Date.now() - askedAt < 10 * 60_000 ? { event, number, askedAt, againAt } : undefined
  },
)
