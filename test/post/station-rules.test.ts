import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Slot, StationState } from '../../design-docs/stations.ts'
import { roomFor, slotMs, slotOf, usedOf, withUsed } from '../../sync-server/post/budget.ts'
import { chooseStation, type StationView } from '../../sync-server/post/choose-station.ts'
import { forecast } from '../../sync-server/post/forecast.ts'
import { judgeFailure, SmtpFailure, type Stage } from '../../sync-server/post/judge-failure.ts'
import { afterFailure, type Health, retiredMs, wellHealth } from '../../sync-server/post/station-health.ts'
import { stationStates } from '../../sync-server/post/station-states.ts'

const minute = 60_000
const day = 24 * 60 * minute
const start = slotOf(Date.UTC(2026, 10, 22))

const view = (id: string, about: Partial<StationView> = {}): StationView => ({
  id,
  state: 'active',
  mails: 0,
  ms: 0,
  hasBudget: true,
  isFree: true,
  ...about,
})
const standby = { state: 'standby' as const }

describe('[PO13] drain', () => {
  const drain = { policy: 'drain', isUrgent: false } as const
  test.each<[string, StationView[], string | null]>([
    ['takes the one with the most time used', [view('a', { ms: 1 }), view('b', { ms: 9 })], 'b'],
    ['on standby as well as active', [view('a', { ms: 1 }), view('b', { ms: 9, ...standby })], 'b'],
    ['but never a retired one', [view('a'), view('b', { ms: 9, state: 'retired' })], 'a'],
    ['nor one without budget', [view('a'), view('b', { ms: 9, hasBudget: false })], 'a'],
    ['nor one whose connections are busy', [view('a'), view('b', { ms: 9, isFree: false })], 'a'],
    ['of equals the first by name, whatever their order', [view('b'), view('a')], 'a'],
    ['none when all are used up', [view('a', { hasBudget: false })], null],
  ])('%s', (_, stations, chosen) => {
    expect(chooseStation(stations, drain)).toBe(chosen)
  })
})

describe('[PO14] spread', () => {
  const spread = { policy: 'spread', isUrgent: false } as const
  test.each<[string, StationView[], string | null]>([
    ['takes the active one with the fewest mails', [view('a', { mails: 3 }), view('b', { mails: 2 })], 'b'],
    ['leaves standby ones alone while an active one has budget', [view('a', { mails: 9 }), view('b', standby)], 'a'],
    ['even while it is busy', [view('a', { isFree: false }), view('b', standby)], null],
    [
      'takes standby ones once all active ones are full, the fewest mails first',
      [view('a', { hasBudget: false }), view('b', { mails: 5, ...standby }), view('c', { mails: 4, ...standby })],
      'c',
    ],
    ['never a retired one', [view('a', { state: 'retired' })], null],
  ])('%s', (_, stations, chosen) => {
    expect(chooseStation(stations, spread)).toBe(chosen)
  })
  test('what is urgent does not wait for a busy connection', () => {
    const stations = [view('a', { isFree: false }), view('b', standby)]
    expect(chooseStation(stations, { policy: 'spread', isUrgent: true })).toBe('b')
  })
})

describe('[PO15] active and standby', () => {
  const nine = (states: Record<string, StationState> = {}, mails: Record<string, number> = {}) =>
    [...'abcdefghi'].map((id) => ({ id, state: states[id] ?? ('standby' as const), mails: mails[id] ?? 0 }))
  const activeOf = (stations: ReturnType<typeof nine>, share: number) =>
    [...stationStates(stations, share)].filter(([, state]) => state === 'active').map(([id]) => id)

  test('a quarter of nine are two, and they stay the same', () => {
    expect(activeOf(nine(), 0.25)).toEqual(['a', 'b'])
    expect(activeOf(nine({ h: 'active', c: 'active' }, { h: 90 }), 0.25)).toEqual(['c', 'h'])
  })
  test('a standby one with few mails takes the place of a retired one', () => {
    expect(activeOf(nine({ a: 'retired', b: 'active' }, { c: 7 }), 0.25)).toEqual(['b', 'd'])
  })
  test('one is active, however few there are or however small the share', () => {
    expect(activeOf(nine().slice(0, 1), 0.05)).toEqual(['a'])
    expect(activeOf(nine(), 0.05)).toEqual(['a'])
  })
  test('between 20 and 30 per cent of four and more are active', () => {
    for (let count = 4; count <= 40; count++) {
      const many = Array.from({ length: count }, (_, n) => ({ id: `s${n}`, state: 'standby' as const, mails: 0 }))
      const share = [...stationStates(many, 0.25).values()].filter((state) => state === 'active').length / count
      expect(share).toBeGreaterThanOrEqual(0.166)
      expect(share).toBeLessThanOrEqual(0.335)
    }
  })
  test('too many step back, those with the most mails first', () => {
    const states = { a: 'active', b: 'active', c: 'active' } as const
    expect(activeOf(nine(states, { a: 50, b: 10, c: 20 }), 0.25)).toEqual(['b', 'c'])
  })
})

describe('[PO16] a budget of 24 hours', () => {
  test('gives nothing back until 24 hours after the last mail of a slot can have gone out', () => {
    const slots = withUsed([], start, { mails: 100, ms: 1000 })
    const lastMail = start + slotMs - 1 + minute
    expect(usedOf(slots, lastMail + day).mails).toBe(100)
    expect(usedOf(slots, start + day + 2 * slotMs).mails).toBe(0)
  })
  test('both budgets bound it: the time at the longest that a mail can take', () => {
    const budgets = { mailsPerDay: 100, minutesPerDay: 90 }
    expect(roomFor({ mails: 30, ms: 0 }, budgets, minute)).toBe(70)
    expect(roomFor({ mails: 30, ms: 80 * minute }, budgets, minute)).toBe(10)
    expect(roomFor({ mails: 0, ms: 89.5 * minute }, budgets, minute)).toBe(0)
    expect(roomFor({ mails: 101, ms: 0 }, budgets, minute)).toBe(0)
  })
  test('whatever is sent as the slots allow, no 24 hours see more than the budget', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 3 * 60 * minute }), { minLength: 50, maxLength: 300 })
    fc.assert(
      fc.property(gaps, (waits) => {
        const times: number[] = []
        let slots: Slot[] = []
        let now = start
        for (const wait of waits) {
          now += wait
          if (roomFor(usedOf(slots, now), { mailsPerDay: 10, minutesPerDay: 90 }, minute) === 0) continue
          slots = withUsed(slots, slotOf(now), { mails: 1, ms: 10 })
          // It goes out up to a minute after it was counted.
          times.push(now + (wait % minute))
        }
        for (const time of times)
          expect(times.filter((one) => one > time - day && one <= time).length).toBeLessThanOrEqual(10)
      }),
      { seed: 20261122, numRuns: 200 },
    )
  })
})

describe('[PO17] what a failure means', () => {
  const failure = (
    stage: Stage,
    code: number | null,
    about: { mayBeTaken?: boolean; hadBegun?: boolean } = {},
    text = '',
  ) => new SmtpFailure(text, { stage, code, mayBeTaken: false, hadBegun: true, ...about })
  test.each<[string, SmtpFailure, object]>([
    [
      'an unknown recipient is nobody’s fault but the address’s',
      failure('recipient', 550),
      { mail: 'park', station: 'well' },
    ],
    ['a busy mailbox is tried again', failure('recipient', 450), { mail: 'again', station: 'failed' }],
    ['a refused text is parked', failure('message', 554), { mail: 'park', station: 'well' }],
    ['a deferred text is tried again', failure('message', 451), { mail: 'again', station: 'failed' }],
    ['a wrong password retires the station at once', failure('login', 535), { mail: 'waiting', station: 'out' }],
    ['a sign-in that is refused for now does not', failure('login', 454), { mail: 'waiting', station: 'down' }],
    [
      'no connection is not the mail’s fault',
      failure('connection', null, { hadBegun: false }),
      { mail: 'waiting', station: 'down' },
    ],
    ['one that broke within a mail may be', failure('connection', null), { mail: 'again', station: 'down' }],
    ['a lost answer counts as sent', failure('connection', null, { mayBeTaken: true }), { mail: 'again', used: true }],
    ['a refused sender is the station’s fault', failure('sender', 550), { mail: 'waiting', station: 'down' }],
    ['a mail that is too large is not', failure('sender', 552), { mail: 'park', station: 'well' }],
    ['a closing server', failure('message', 421), { mail: 'again', station: 'down', used: false }],
    [
      'a used-up account',
      failure('message', 550, {}, '550 5.4.5 Daily user sending limit exceeded'),
      { mail: 'waiting', station: 'out' },
    ],
  ])('%s', (_, one, judged) => {
    expect(judgeFailure(one)).toMatchObject({ used: false, ...judged })
  })
})

describe('[PO18] when a station is retired', () => {
  const fail = (health: Health, at: number, startedAt = at) =>
    afterFailure(health, { kind: 'down', at, startedAt, reason: 'gone' })
  test('after five failures running, with pauses that grow between them', () => {
    let health = wellHealth
    const rests: number[] = []
    for (let n = 0, at = 1000; n < 5; n++, at = health.restsUntil) {
      expect(health.retiredFor).toBeUndefined()
      health = fail(health, at)
      rests.push(health.restsUntil - at)
    }
    expect(health.retiredFor).toBe('gone')
    expect(rests).toEqual([500, 1000, 2000, 4000, 8000])
  })
  test('connections that break together are one failure', () => {
    let health = wellHealth
    for (let n = 0; n < 9; n++) health = fail(health, 2000 + n, 1000)
    expect(health.failures).toBe(1)
  })
  test('a wrong password at once', () => {
    const health = afterFailure(wellHealth, { kind: 'out', at: 1, startedAt: 0, reason: '535' })
    expect(health.retiredFor).toBe('535')
  })
  test('it is tried again after a while that grows, soon when no other is left', () => {
    expect([1, 2, 3, 9].map((times) => retiredMs(times, true) / minute)).toEqual([10, 20, 40, 360])
    expect(retiredMs(9, false)).toBe(15_000)
  })
})

describe('[PO19] the forecast', () => {
  const carrier = { mailsPerDay: 100, minutesPerDay: 90, slots: [] as Slot[] }
  const ask = (waiting: number, carriers = [carrier, carrier]) =>
    forecast({ waiting, carriers, now: start, msPerMail: 1000 })
  test('what fits goes today', () => {
    expect(ask(200)).toEqual({ mailsLeft: 200, mailsPerDay: 200, doneAt: start, expected: 0, short: 0 })
  })
  test('what does not waits until budgets are free again', () => {
    expect(ask(201).doneAt).toBe(start + day + 2 * slotMs)
    expect(ask(1000).doneAt).toBe(start + 4 * (day + 2 * slotMs))
  })
  test('what was used counts', () => {
    const slots = withUsed([], start - 20 * 60 * minute, { mails: 100, ms: 1000 })
    expect(ask(101, [{ ...carrier, slots }])).toMatchObject({
      mailsLeft: 0,
      doneAt: start + 4 * 60 * minute + 2 * slotMs + day + 2 * slotMs,
    })
    expect(ask(100, [{ ...carrier, slots }]).doneAt).toBe(start + 4 * 60 * minute + 2 * slotMs)
  })
  test('what is to be expected is held against what a day carries, whatever was used up to now', () => {
    const slots = withUsed([], start - 60 * minute, { mails: 100, ms: 1000 })
    const carriers = [{ ...carrier, slots }]
    const expecting = (waiting: number, expected: number) =>
      forecast({ waiting, expected, carriers, now: start, msPerMail: 1000 })
    expect(expecting(30, 70)).toMatchObject({ mailsLeft: 0, expected: 70, short: 0 })
    expect(expecting(31, 70).short).toBe(1)
    expect(forecast({ waiting: 0, expected: 5, carriers: [], now: start, msPerMail: 1000 }).short).toBe(5)
  })
  test('the time may be what is short', () => {
    const slow = forecast({ waiting: 1, carriers: [carrier], now: start, msPerMail: 120_000 })
    expect(slow.mailsPerDay).toBe(45)
  })
  test('without stations there is no end', () => {
    expect(ask(1, []).doneAt).toBeNull()
    expect(ask(50_000).doneAt).toBeNull()
  })
})
