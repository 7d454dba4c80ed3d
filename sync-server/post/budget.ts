import type { Slot } from '../../design-docs/stations.ts'

const minute = 60_000
export const slotMs = 10 * minute
/**
 * A slot counts for 24 hours after its last mail can have gone out: its own length, and the time that a mail begun at its
 * end may take. What is counted is therefore never less than what went out in any 24 hours.
 */
const countedMs = 24 * 60 * minute + 2 * slotMs

export const slotOf = (now: number) => Math.floor(now / slotMs) * slotMs

/** Those that still count. */
export const standing = (slots: readonly Slot[], now: number): Slot[] =>
  slots.filter(({ at, mails, ms }) => at + countedMs > now && (mails > 0 || ms > 0))

export type Used = { mails: number; ms: number }

/** What was used within 24 hours. */
export function usedOf(slots: readonly Slot[], now: number): Used {
  const counted = standing(slots, now)
  return { mails: sum(counted.map(({ mails }) => mails)), ms: sum(counted.map(({ ms }) => ms)) }
}

/** When the slot gives back what it holds. */
export const freeAgainAt = ({ at }: Slot) => at + countedMs

/** The slots with so much more in the one of this time. */
export function withUsed(slots: readonly Slot[], at: number, { mails, ms }: Used): Slot[] {
  const found = slots.find((one) => one.at === at) ?? { at, mails: 0, ms: 0 }
  const next = { at, mails: found.mails + mails, ms: found.ms + Math.ceil(ms) }
  return [...slots.filter((one) => one.at !== at), next].sort((one, other) => one.at - other.at)
}

export type Budgets = { mailsPerDay: number; minutesPerDay: number }

/** How many mails fit into both budgets when each may take as long as is ever allowed. */
export function roomFor(used: Used, { mailsPerDay, minutesPerDay }: Budgets, longestMs: number): number {
  const byMails = mailsPerDay - used.mails
  const byTime = Math.floor((minutesPerDay * minute - used.ms) / longestMs)
  return Math.max(0, Math.min(byMails, byTime))
}

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)
