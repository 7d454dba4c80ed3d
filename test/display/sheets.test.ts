import { expect, test } from 'vitest'
import { sheetsOf } from '../../app/display/sheets.ts'
import type { Ranking, RankingRow } from '../../design-docs/derived.ts'
import { eventDoc } from '../rules/make-facts.ts'

const row = (place: number | null): RankingRow => ({
  place,
  team: String(100 + (place ?? 0)),
  name: 'T',
  confirmed: 0,
  provisional: 0,
  pending: 0,
  penalty: 0,
  adjustment: 0,
  net: 0,
  checkins: 0,
  confirmedCheckins: 0,
  goalAt: null,
  ...(place === null && { notPlaced: 'retired' }),
})
const ranking = (classId: string, places: (number | null)[]): Ranking => ({
  _id: `ranking:${classId}`,
  type: 'ranking',
  event: 'demo',
  classId,
  rows: places.map(row),
  asOf: 5,
})
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

test('[DY1] published rankings come class by class, all together last, eight rows at a time', () => {
  const sheets = sheetsOf(eventDoc(), [ranking('_overall', [1]), ranking('b', [1]), ranking('a', upTo(17))])
  expect(sheets.map(({ classId, number, of, rows }) => [classId, number, of, rows.length])).toEqual([
    ['a', 1, 3, 8],
    ['a', 2, 3, 8],
    ['a', 3, 3, 1],
    ['b', 1, 1, 1],
    ['_overall', 1, 1, 1],
  ])
  expect(sheets[0]?.asOf).toBe(5)
})

test('[DY2] who has no place is not on the screen; what is not published, or of no class any more, is no sheet', () => {
  const sheets = sheetsOf(eventDoc(), [ranking('b', [1, 2, null]), ranking('gone', [1])])
  expect(sheets.map(({ classId, rows }) => [classId, rows.length])).toEqual([['b', 2]])
  expect(sheetsOf(eventDoc(), [ranking('a', [null])])).toMatchObject([{ rows: [], number: 1, of: 1 }])
  expect(sheetsOf(eventDoc(), [])).toEqual([])
})
