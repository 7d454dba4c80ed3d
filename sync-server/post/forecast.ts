import type { Slot } from '../../design-docs/stations.ts'
import { type Budgets, freeAgainAt, roomFor, standing, usedOf, withUsed } from './budget.ts'

const hour = 60 * 60_000
const longestHours = 60 * 24

export type Carrier = Budgets & { slots: readonly Slot[] }
type Question = {
  waiting: number
  /** In the coming 24 hours. */
  expected?: number
  carriers: readonly Carrier[]
  now: number
  /** What one mail takes. */
  msPerMail: number
}

export type Forecast = {
  /** What may go out now. */
  mailsLeft: number
  mailsPerDay: number
  /** When the last one is gone; null: not within 60 days. */
  doneAt: number | null
  expected: number
  /** How many of the coming day's are too many: whatever was used up to now is free again within it. */
  short: number
}

/** How far the budgets reach: each hour the stations carry what has become free again, and use it up. */
export function forecast({ waiting, expected = 0, carriers, now, msPerMail }: Question): Forecast {
  const room = (one: Carrier, at: number) => roomFor(usedOf(one.slots, at), one, Math.max(1, msPerMail))
  const mailsLeft = carriers.reduce((all, one) => all + room(one, now), 0)
  const fresh = carriers.map((one) => ({ ...one, slots: [] }))
  const mailsPerDay = fresh.reduce((all, one) => all + room(one, now), 0)
  let rest = waiting
  let at = now
  let books = [...carriers]
  for (let step = 0; rest > 0 && mailsPerDay > 0 && at < now + longestHours * hour; step++) {
    if (step > 0) at = nextFreeAt(books, at)
    books = books.map((one) => {
      const mails = Math.min(rest, room(one, at))
      rest -= mails
      return { ...one, slots: standing(withUsed(one.slots, at, { mails, ms: mails * msPerMail }), at) }
    })
  }
  const short = Math.max(0, waiting + expected - mailsPerDay)
  return { mailsLeft, mailsPerDay, doneAt: rest > 0 ? null : at, expected, short }
}

/** The next moment at which anything becomes free, an hour from now at the latest. */
function nextFreeAt(carriers: readonly Carrier[], at: number): number {
  const times = carriers.flatMap(({ slots }) => slots.map(freeAgainAt)).filter((time) => time > at)
  return Math.min(at + hour, ...times)
}
