import { expect, test } from 'vitest'
import type { ScheduleRow } from '../../design-docs/pages.ts'
import { isForClasses, scheduleAt } from '../../functions/rules/schedule.ts'

const minute = 60_000
const row = (id: string, from: number, to?: number): ScheduleRow => ({
  id,
  from: from * minute,
  ...(to === undefined ? {} : { to: to * minute }),
  title: { ja: id, en: id },
})
const states = (rows: ScheduleRow[], now: number) =>
  scheduleAt(rows, now * minute).map(({ row: { id }, state }) => `${id} ${state}`)

test('[PG1] what runs is now, from its first moment until its end; what begins soonest is next, all of it', () => {
  const rows = [row('c', 30), row('b', 30, 50), row('a', 10, 20), row('d', 60)]
  expect(states(rows, 9)).toEqual(['a next', 'b later', 'c later', 'd later'])
  expect(states(rows, 10)).toEqual(['a now', 'b next', 'c next', 'd later'])
  expect(states(rows, 20)).toEqual(['a over', 'b next', 'c next', 'd later'])
  expect(states(rows, 49)).toEqual(['a over', 'b now', 'c now', 'd next'])
})

test('[PG2] what has no end lasts until the next thing begins, an hour at most', () => {
  const rows = [row('a', 0), row('b', 30), row('c', 200)]
  expect(states(rows, 29)).toEqual(['a now', 'b next', 'c later'])
  expect(states(rows, 30)).toEqual(['a over', 'b now', 'c next'])
  expect(states(rows, 90)).toEqual(['a over', 'b over', 'c next'])
  expect(states(rows, 259)).toEqual(['a over', 'b over', 'c now'])
  expect(states(rows, 260)).toEqual(['a over', 'b over', 'c over'])
})

test('[PG3] a row without classes is for everyone, one with classes for those in one of them', () => {
  expect(isForClasses(row('a', 0), [])).toBe(true)
  expect(isForClasses({ ...row('a', 0), classes: [] }, ['x'])).toBe(true)
  expect(isForClasses({ ...row('a', 0), classes: ['x', 'y'] }, ['y'])).toBe(true)
  expect(isForClasses({ ...row('a', 0), classes: ['x'] }, ['z'])).toBe(false)
})
