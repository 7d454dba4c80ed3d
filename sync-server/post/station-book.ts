import type { Slot } from '../../design-docs/stations.ts'
import { type Budgets, roomFor, slotOf, standing, type Used, usedOf, withUsed } from './budget.ts'

/** A mail that is under way and the slot that it is counted in. */
export type Flight = { at: number }

/** What is to be written before more may go out: the slots, and how many mails they allow for. */
export type Claim = { slots: Slot[]; block: number; at: number }

/**
 * What one station used and may use. The written ledger always holds at least what has gone out and what may still go
 * out without asking it again: mails are allowed in blocks, each counted as the longest that one can take, and what was
 * not needed is given back by the next write. So a process that dies at any point has never sent more than is written.
 */
export type StationBook = {
  /** Mails under way counted at their longest. */
  used(now: number): Used
  room(now: number, share: number): number
  /** How many may go out without a further write. */
  allowed(now: number): number
  begin(now: number): Flight
  end(flight: Flight, used: { isUsed: boolean; elapsedMs: number }): void
  /** Whether nothing is under way and the ledger holds more than was used. */
  canGiveBack(now: number): boolean
  claim(now: number, wanted: number): Claim
  /** Call it when the claim is written, or when that failed and nobody knows. */
  written(claim: Claim, isSure: boolean): void
  setBudgets(budgets: Budgets): void
}

export function openBook(written: readonly Slot[], first: Budgets, longestMs: number): StationBook {
  let budgets = first
  /** What is settled; after a restart all that had been claimed. */
  let settled: Slot[] = [...written]
  let ledger: readonly Slot[] = written
  let allowance = { at: 0, mails: 0 }
  /** Begun since the last claim. */
  let started = 0
  const flights = new Set<Flight>()

  const atLongest = (slots: readonly Slot[]) =>
    [...flights].reduce((all, { at }) => withUsed(all, at, { mails: 1, ms: longestMs }), [...slots])
  const used = (now: number) => usedOf(atLongest(settled), now)
  const scaled = (share: number) => ({
    mailsPerDay: Math.floor(budgets.mailsPerDay * share),
    minutesPerDay: budgets.minutesPerDay * share,
  })
  const allowed = (now: number) => (allowance.at === slotOf(now) ? allowance.mails : 0)

  return {
    used,
    allowed,
    room: (now, share) => roomFor(used(now), scaled(share), longestMs),
    begin(now) {
      if (allowed(now) < 1) throw new Error('a mail was begun that no ledger allows')
      allowance = { ...allowance, mails: allowance.mails - 1 }
      started++
      const flight = { at: slotOf(now) }
      flights.add(flight)
      return flight
    },
    end(flight, { isUsed, elapsedMs }) {
      flights.delete(flight)
      settled = withUsed(settled, flight.at, { mails: isUsed ? 1 : 0, ms: elapsedMs })
    },
    canGiveBack(now) {
      const [held, needed] = [usedOf(ledger, now), usedOf(settled, now)]
      return flights.size === 0 && (held.mails > needed.mails || held.ms > needed.ms)
    },
    claim(now, wanted) {
      settled = standing(settled, now)
      const block = Math.min(wanted, roomFor(used(now), budgets, longestMs))
      const at = slotOf(now)
      const slots = withUsed(atLongest(settled), at, { mails: block, ms: block * longestMs })
      // Until it is written, what begins must be allowed by the old one and by the new one.
      allowance = { at, mails: Math.min(allowed(now), block) }
      started = 0
      return { slots: standing(slots, now), block, at }
    },
    written({ slots, block, at }, isSure) {
      if (!isSure) return
      ledger = slots
      allowance = { at, mails: block - started }
    },
    setBudgets(next) {
      budgets = next
    },
  }
}
