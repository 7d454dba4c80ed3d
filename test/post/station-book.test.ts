import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Slot } from '../../design-docs/stations.ts'
import { slotMs, slotOf, usedOf } from '../../sync-server/post/budget.ts'
import { type Claim, type Flight, openBook } from '../../sync-server/post/station-book.ts'

const longestMs = 60_000
const budgets = { mailsPerDay: 20, minutesPerDay: 90 }
const start = slotOf(Date.UTC(2026, 10, 22))
const total = (slots: readonly Slot[], now: number) => usedOf(slots, now).mails

test('[PO20] nothing may begin before a block is written, and no more than the block', () => {
  const book = openBook([], budgets, longestMs)
  expect(() => book.begin(start)).toThrow()
  const claim = book.claim(start, 3)
  expect(total(claim.slots, start)).toBe(3)
  expect(book.allowed(start)).toBe(0)
  book.written(claim, true)
  for (let n = 0; n < 3; n++) book.begin(start)
  expect(() => book.begin(start)).toThrow()
})

test('[PO20] what was not needed is given back by the next write, what was used is not', () => {
  const book = openBook([], budgets, longestMs)
  const claim = book.claim(start, 5)
  book.written(claim, true)
  book.end(book.begin(start), { isUsed: true, elapsedMs: 120 })
  book.end(book.begin(start), { isUsed: false, elapsedMs: 80 })
  expect(book.canGiveBack(start)).toBe(true)
  const rest = book.claim(start, 0)
  expect(rest.slots).toEqual([{ at: start, mails: 1, ms: 200 }])
  book.written(rest, true)
  expect(book.canGiveBack(start)).toBe(false)
})

test('[PO20] what begins while a block is being written is part of it', () => {
  const book = openBook([], budgets, longestMs)
  book.written(book.claim(start, 3), true)
  const next = book.claim(start, 3)
  book.begin(start)
  book.written(next, true)
  expect(book.allowed(start)).toBe(2)
})

test('[PO20] a block ends with its slot', () => {
  const book = openBook([], budgets, longestMs)
  book.written(book.claim(start, 5), true)
  expect(book.allowed(start + slotMs)).toBe(0)
})

/**
 * A process claims, begins, ends, has its writes fail or be lost, and dies at any point; then it starts again from what
 * was written. Whatever happens, less has gone out than the ledger holds, and never more than the budget.
 */
test('[PO21] killed at any point, never more has gone out than is written (seed 20261122)', () => {
  const step = fc.record({
    do: fc.constantFrom('claim', 'land', 'fail', 'begin', 'begin', 'begin', 'end', 'die'),
    wanted: fc.integer({ min: 0, max: 5 }),
    isUsed: fc.boolean(),
    waitMs: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 5000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 6 * slotMs }) },
    ),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 250 }), (steps) => {
      let now = start
      let written: Slot[] = []
      let book = openBook(written, budgets, longestMs)
      let claim: Claim | null = null
      let flights: Flight[] = []
      const gone: number[] = []
      for (const { do: what, wanted, isUsed, waitMs } of steps) {
        now += waitMs
        if (what === 'claim' && !claim) claim = book.claim(now, wanted)
        if (what === 'land' && claim) {
          written = claim.slots
          book.written(claim, true)
          claim = null
        }
        if (what === 'fail' && claim) {
          // Nobody knows whether it was written.
          if (isUsed) written = claim.slots
          book.written(claim, false)
          claim = null
        }
        if (what === 'begin' && book.allowed(now) > 0) {
          flights.push(book.begin(now))
          gone.push(now)
        }
        if (what === 'end') {
          const flight = flights.pop()
          if (flight) {
            if (!isUsed) gone.splice(gone.indexOf(gone.findLast((at) => slotOf(at) === flight.at) ?? 0), 1)
            book.end(flight, { isUsed, elapsedMs: 100 })
          }
        }
        if (what === 'die') {
          flights = []
          claim = null
          book = openBook(written, budgets, longestMs)
        }
        const day = gone.filter((at) => at > now - 24 * 60 * 60_000).length
        expect(total(written, now)).toBeGreaterThanOrEqual(day)
        expect(day).toBeLessThanOrEqual(budgets.mailsPerDay)
      }
    }),
    { seed: 20261122, numRuns: 400 },
  )
})
