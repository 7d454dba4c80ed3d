import { expect, test } from 'vitest'
import type { Fact } from '../../design-docs/facts.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { atMinute, eventDoc, factMaker, planOf } from '../rules/make-facts.ts'

const plan = planOf(eventDoc({ rules: { ...eventDoc().rules, autoApprove: true } }))
const orders = (facts: readonly Fact[]) => [facts, [...facts].reverse(), [...facts.slice(2), ...facts.slice(0, 2)]]

test('[EC10] a check-in that was taken back stays closed, whenever its photos, their originals and a judge’s word come in', () => {
  const { make, entry, recorded, photo, undo, review } = factMaker()
  const checkin = recorded('1', atMinute(30))
  const picture = photo(checkin)
  const original = make('original', {
    at: atMinute(90),
    by: 'server',
    as: 'server',
    photo: picture._id,
    storageKey: 'demo/original/x',
  })
  const facts = [entry(), checkin, undo(checkin), picture, photo(checkin), original, review(checkin, 'APPROVED')]
  for (const order of orders(facts)) {
    const { verdicts, card } = outcome(order, plan)
    expect(verdicts).toEqual([])
    expect(card?.checkpoints).toEqual([])
    expect(card?.points).toMatchObject({ confirmed: 0, provisional: 0, pending: 0 })
  }
})

test('[EC11] what was recorded of a team that nobody entered waits for a person, and gives no card and no points', () => {
  const { scanned, recorded, make } = factMaker('999')
  const facts = [
    scanned('S1', atMinute(20)),
    recorded('2', atMinute(40)),
    make('reception', { at: atMinute(1), arrived: ['m1'], feePaid: true }),
  ]
  for (const order of orders(facts)) {
    const { team, verdicts, card } = outcome(order, plan)
    expect([team, card]).toEqual([null, null])
    expect(
      verdicts.map(({ status, points, reasons }) => [status, points > 0, reasons.includes('unknown-team')]),
    ).toEqual([
      ['PENDING', expect.any(Boolean), true],
      ['PENDING', expect.any(Boolean), true],
    ])
  }
})
