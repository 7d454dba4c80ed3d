import { expect, test } from 'vitest'
import { ownFacts, standingFacts } from '../../app/staff/own-facts.ts'
import type { Fact } from '../../design-docs/facts.ts'

const fact = (id: string, at: number, fields: object) =>
  ({ _id: id, at, type: id.split(':')[1], team: id.split(':')[0], ...fields }) as unknown as Fact
const facts = new Map(
  [
    fact('128:checkin:1', 1, { checkpoint: '34' }),
    fact('128:photo:2', 2, { checkin: '128:checkin:1' }),
    fact('128:checkin:3', 3, { checkpoint: '18' }),
    fact('128:void:4', 4, { fact: '128:checkin:1' }),
  ].map((one) => [one._id, one]),
)

test('the newest record comes first', () => {
  expect(ownFacts(facts).newestFirst.map(({ at }) => at)).toEqual([4, 3, 2, 1])
})

test('what was taken back no longer stands, and takes the photos of its check-in with it', () => {
  expect([...ownFacts(facts).voided].sort()).toEqual(['128:checkin:1', '128:photo:2'])
  expect(standingFacts(facts, '128', 'checkin').map(({ _id }) => _id)).toEqual(['128:checkin:3'])
  expect(standingFacts(facts, '128', 'photo')).toEqual([])
})

test('a new map of records is looked at anew', () => {
  ownFacts(facts)
  expect(ownFacts(new Map()).newestFirst).toEqual([])
})
