import { expect, test } from 'vitest'
import { raceClock } from '../../app/participant/race-clock.ts'
import type { Card } from '../../design-docs/derived.ts'
import { type EventDoc, eventRules } from '../../design-docs/plan.ts'

const minute = 60_000
const startsAt = 1_000 * minute
const event: EventDoc = {
  _id: 'event',
  type: 'event',
  event: 'trial',
  code: 'trial',
  name: { ja: '試し', en: 'Trial' },
  timeZone: 'Asia/Tokyo',
  phase: 'running',
  startsAt: startsAt - 60 * minute,
  endsAt: startsAt + 600 * minute,
  classes: [
    { id: 'three', name: { ja: '3時間', en: '3 hours' }, startsAt, limitMinutes: 180 },
    { id: 'five', name: { ja: '5時間', en: '5 hours' }, startsAt, limitMinutes: 300 },
  ],
  rules: eventRules.parse({}),
}
const out: Pick<Card, 'classIds' | 'goalAt' | 'lateMinutes' | 'status' | 'retired'> = {
  classIds: ['three', 'five'],
  goalAt: null,
  lateMinutes: {},
  status: 'registered',
  retired: null,
}
const at = (minutes: number) => startsAt + minutes * minute

test('before the start it counts down to it', () => {
  expect(raceClock(out, event, at(-10))).toEqual({ is: 'before', startsAt, untilMs: 10 * minute })
})

test('on course it counts down to the limit of the first class, not of another', () => {
  expect(raceClock(out, event, at(45))).toEqual({
    is: 'running',
    endsAt: at(180),
    leftMs: 135 * minute,
    usedShare: 0.25,
  })
})

test('the very end of the limit is still in time, a millisecond later is not', () => {
  expect(raceClock(out, event, at(180))).toMatchObject({ is: 'running', leftMs: 0 })
  expect(raceClock(out, event, at(180) + 1)).toEqual({ is: 'over', overMs: 1, mayPlace: true })
})

test('a team over time may be placed through the whole of the last allowed minute', () => {
  expect(raceClock(out, event, at(210))).toMatchObject({ is: 'over', mayPlace: true })
  expect(raceClock(out, event, at(210) + 1)).toMatchObject({ is: 'over', mayPlace: false })
})

test('in the goal the time taken stands still, with the lateness of the first class', () => {
  const home = { ...out, goalAt: at(185), lateMinutes: { three: 5, five: 0 } }
  const expected = { is: 'goal', at: at(185), takenMs: 185 * minute, lateMinutes: 5 }
  expect(raceClock(home, event, at(200))).toEqual(expected)
  expect(raceClock(home, { ...event, phase: 'published' }, at(9_000))).toEqual(expected)
})

test('no time runs for a team that is out of the event, nor once the event is over', () => {
  for (const [card, plan, now] of [
    [{ ...out, retired: { at: at(30), reason: 'けが' } }, event, at(45)],
    [{ ...out, status: 'disqualified' as const }, event, at(45)],
    [out, { ...event, phase: 'closed' as const }, at(45)],
    [out, event, event.endsAt + 1],
  ] as const)
    expect(raceClock(card, plan, now)).toEqual({ is: 'ended' })
})

test('without a plan, or in no class of it, nothing is made up', () => {
  expect(raceClock(out, null, at(45))).toEqual({ is: 'unknown' })
  expect(raceClock({ ...out, classIds: ['ten'] }, event, at(45))).toEqual({ is: 'unknown' })
})
