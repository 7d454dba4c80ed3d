import { expect, test } from 'vitest'
import { type Clock, createClock } from '../../app/device/clock.ts'

/** A device whose wall clock and monotonic clock are set by hand, and a server whose time is true. */
function world({ aheadMs = 0, saved = null as string | null, bootId = 'b1' } = {}) {
  const it = { trueMs: 1_000_000_000, aheadMs, monotonicMs: 500, saved }
  const clock: Clock = createClock({
    now: () => it.trueMs + it.aheadMs,
    monotonic: () => it.monotonicMs,
    bootId,
    load: () => it.saved,
    save: (text) => {
      it.saved = text
    },
  })
  const pass = (ms: number) => {
    it.trueMs += ms
    it.monotonicMs += ms
  }
  /** A request that takes `upMs` there and `downMs` back. */
  const ask = (upMs: number, downMs = upMs) => {
    const sentMs = it.monotonicMs
    pass(upMs)
    const serverMs = it.trueMs
    pass(downMs)
    clock.observe(serverMs, { sentMs, receivedMs: it.monotonicMs })
  }
  return { it, clock, pass, ask }
}

test('[DC1] a device an hour ahead stamps the server’s time once it has heard the server', () => {
  const { it, clock, ask, pass } = world({ aheadMs: 3_600_000 })
  expect(clock.stamp()).toMatchObject({ at: it.trueMs + 3_600_000, offsetMs: 0, measuredAt: null })
  expect(clock.state()).toBe('unmeasured')
  ask(50)
  pass(60_000)
  expect(clock.stamp()).toMatchObject({ at: it.trueMs, offsetMs: -3_600_000, deviceAt: it.trueMs + 3_600_000 })
})

test('[DC2] of several measurements the one with the shortest way holds', () => {
  const { it, clock, ask } = world()
  ask(100)
  ask(1_900, 100)
  expect(clock.stamp().at - it.trueMs).toBe(0)
  ask(10)
  expect(Math.abs(clock.stamp().offsetMs)).toBeLessThan(10)
})

test('[DC3] after ten minutes a longer way is better than an old measurement', () => {
  const { it, clock, ask, pass } = world()
  ask(10)
  it.aheadMs = 800
  pass(11 * 60_000)
  ask(500)
  expect(clock.stamp().at).toBe(it.trueMs)
})

test.for([
  ['forward', 3_600_000],
  ['back', -3_600_000],
] as const)(
  '[DC4] a clock set %s while offline is noticed by the monotonic clock, and put right by the next contact',
  ([, ms]) => {
    const { it, clock, ask, pass } = world()
    ask(10)
    pass(60_000)
    expect(clock.state()).toBe('measured')
    it.aheadMs = ms
    expect(clock.state()).toBe('changed')
    // The stamp stays what was measured: the judging rules correct it by the same monotonic clock, the phone does not guess.
    expect(clock.stamp()).toMatchObject({ offsetMs: 0, at: it.trueMs + ms })
    ask(900)
    expect([clock.state(), clock.stamp().at]).toEqual(['measured', it.trueMs])
  },
)

test('[DC5] the measurement outlives the page, and what was saved broken is no measurement', () => {
  const first = world({ aheadMs: 5_000 })
  first.ask(10)
  const second = world({ aheadMs: 5_000, saved: first.it.saved, bootId: 'b2' })
  expect(second.clock.stamp()).toMatchObject({ offsetMs: -5_000, bootId: 'b2' })
  expect(second.clock.state()).toBe('measured')
  for (const saved of ['', '{', '{"offsetMs":"x"}', 'null']) expect(world({ saved }).clock.state()).toBe('unmeasured')
})

test('[DC6] the header carries wall clock, offset, page load and monotonic clock', () => {
  const { it, clock } = world({ aheadMs: 7 })
  expect(clock.header()).toBe(`${it.trueMs + 7};0;b1;500`)
})
