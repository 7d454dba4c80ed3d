import { expect, test } from 'vitest'
import { nextStep } from '../../app/participant/home/next-step.ts'
import type { RaceClock } from '../../app/participant/race-clock.ts'
import type { Card } from '../../design-docs/derived.ts'

const minute = 60_000
type Standing = Pick<Card, 'reception' | 'retired' | 'startAt' | 'checkins'>
const checkins = { total: 0, confirmed: 0, provisional: 0, pending: 0, rejected: 0 }
const fresh: Standing = { reception: null, retired: null, startAt: null, checkins }
const received: Standing = {
  ...fresh,
  reception: { at: 0, arrived: ['m1'], feePaid: true, device: 'devicedevice', by: 'somebody' },
}
const places = [
  { number: 'S', kind: 'start' },
  { number: '18', kind: 'photo' },
  { number: 'G', kind: 'goal' },
] as const
const before: RaceClock = { is: 'before', startsAt: 90 * minute, untilMs: 30 * minute }
const running = (leftMs: number): RaceClock => ({ is: 'running', endsAt: 0, leftMs, usedShare: 0.5 })
const step = (card: Standing, clock: RaceClock, isReady = true) =>
  nextStep(card, { clock, places, isReady, returnBeforeMs: 20 * minute })

test('[HM1] before the start the phone is made ready, then the number is shown, then one waits', () => {
  expect(step(fresh, before, false)).toEqual({ do: 'prepare' })
  expect(step(fresh, before)).toEqual({ do: 'receive' })
  expect(step(received, before)).toEqual({ do: 'wait', startsAt: 90 * minute })
})

test('[HM1] on course the start comes first, then checkpoints, and from twenty minutes before the limit the way back', () => {
  const out = { ...received, startAt: 1 }
  expect(step(received, running(120 * minute))).toEqual({ do: 'start', checkpoint: 'S' })
  expect(step(out, running(20 * minute + 1))).toEqual({ do: 'visit' })
  expect(step(out, running(20 * minute))).toEqual({ do: 'return', checkpoint: 'G', leftMs: 20 * minute })
  expect(step(out, { is: 'over', overMs: 1, mayPlace: true })).toEqual({ do: 'finish', checkpoint: 'G' })
})

test('[HM1] a start that is cancelled or not there is not asked for, nor is a goal', () => {
  const around = { clock: running(60 * minute), isReady: true, returnBeforeMs: 20 * minute }
  expect(nextStep(received, { ...around, places: [{ number: 'S', kind: 'start', cancelled: true }] })).toEqual({
    do: 'visit',
  })
  expect(nextStep(received, { ...around, places: [], clock: running(minute) })).toEqual({
    do: 'return',
    checkpoint: null,
    leftMs: minute,
  })
})

test('[HM1] back again one waits for judges while there is something to judge, and who retired shows up', () => {
  const goal: RaceClock = { is: 'goal', at: 0, takenMs: 0, lateMinutes: 0 }
  expect(step({ ...received, checkins: { ...checkins, pending: 2 } }, goal)).toEqual({ do: 'await-review', count: 2 })
  expect(step(received, goal)).toBeNull()
  expect(step({ ...received, retired: { at: 0, reason: '' } }, { is: 'ended' })).toEqual({ do: 'report' })
  expect(step(received, { is: 'ended' })).toBeNull()
  expect(step(fresh, { is: 'unknown' })).toBeNull()
})
