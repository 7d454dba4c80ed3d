import { describe, expect, test } from 'vitest'
import type { Fact } from '../../design-docs/facts.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { atMinute, factMaker, planOf } from './make-facts.ts'

const plan = planOf()
const make = factMaker()
const visited = make.scanned('5', atMinute(60))
const cardWith = (...facts: Fact[]) => outcome([make.entry(), visited, ...facts], plan).card!
const goal = (ms: number) => make.scanned('GO', ms)

describe('lateness', () => {
  test('[SC2] each minute past the limit costs, a begun one in full, exactly the limit nothing', () => {
    expect(cardWith(goal(atMinute(180))).points).toMatchObject({ penalty: 0, net: 50 })
    expect(cardWith(goal(atMinute(180) + 1)).points).toMatchObject({ penalty: 10, net: 40 })
    expect(cardWith(goal(atMinute(181))).points.penalty).toBe(10)
    expect(cardWith(goal(atMinute(181) + 1)).points.penalty).toBe(20)
  })

  test('[SC3] past the longest lateness a team is not placed, exactly at it it is', () => {
    expect(cardWith(goal(atMinute(210))).notPlaced).toEqual({})
    expect(cardWith(goal(atMinute(210) + 1)).notPlaced).toEqual({ a: 'too-late' })
  })

  test('[SC4] each class of a team has its own limit; the card counts by the first', () => {
    const both = make.make('correction', { at: atMinute(1), field: 'classIds', was: ['a'], is: ['b', 'a'] })
    const card = cardWith(goal(atMinute(215)), both)
    expect(card).toMatchObject({ lateMinutes: { a: 35, b: 0 }, notPlaced: { a: 'too-late' }, points: { penalty: 0 } })
  })

  test('[SC5] a goal that waits for a person is no finish yet', () => {
    const card = cardWith(make.scanned('GO', atMinute(200), { verified: false }))
    expect(card).toMatchObject({ goalAt: null, lateMinutes: {}, notPlaced: { a: 'no-goal' }, points: { penalty: 0 } })
    expect(card.lastSeen?.checkpoint).toBe('GO')
  })
})

test('[SC6] points are told apart by who approved them, and what waits is not in the net', () => {
  const [seen, waits, refused] = [
    make.scanned('1', atMinute(10)),
    make.scanned('2', atMinute(20), { verified: false }),
    make.scanned('3', atMinute(30)),
  ]
  const card = cardWith(seen, waits, refused, make.review(seen, 'APPROVED'), make.review(refused, 'REJECTED'))
  expect(card.points).toEqual({ confirmed: 10, provisional: 50, pending: 20, penalty: 0, adjustment: 0, net: 60 })
  expect(card.checkins).toEqual({ total: 4, confirmed: 1, provisional: 1, pending: 1, rejected: 1 })
})

test('[SC7] adjustments are summed, and each is a line with its reason, author and time', () => {
  const plus = make.make('adjustment', {
    at: atMinute(90),
    points: 30,
    reason: 'clue solved',
    by: 'judge1',
    as: 'judge',
  })
  const minus = make.make('adjustment', {
    at: atMinute(80),
    points: -100,
    reason: 'littering',
    by: 'judge1',
    as: 'judge',
  })
  const card = cardWith(plus, minus, goal(atMinute(182)))
  expect(card.points).toMatchObject({ adjustment: -70, penalty: 20, net: -40 })
  expect(card.lines).toEqual([
    { kind: 'late', points: -20, minutes: 2 },
    { kind: 'adjustment', points: -100, reason: 'littering', by: 'judge1', at: atMinute(80) },
    { kind: 'adjustment', points: 30, reason: 'clue solved', by: 'judge1', at: atMinute(90) },
  ])
})

describe('who is not placed', () => {
  const retire = make.make('retire', { at: atMinute(90), reason: 'knee', place: 'S1' })
  const ruled = (status: 'withdrawn' | 'disqualified' | 'registered', minute = 95) =>
    make.make('ruling', { at: atMinute(minute), status, reason: 'r', by: 'judge1', as: 'judge' })

  test('[SC8] the graver reason is named: disqualified or withdrawn, retired, no goal, too late', () => {
    expect(cardWith(retire).notPlaced).toEqual({ a: 'retired' })
    expect(cardWith(retire).retired).toEqual({ at: atMinute(90), reason: 'knee', place: 'S1' })
    expect(cardWith(retire, ruled('withdrawn')).notPlaced).toEqual({ a: 'withdrawn' })
    expect(cardWith(goal(atMinute(80)), ruled('disqualified')).notPlaced).toEqual({ a: 'disqualified' })
  })

  test('[SC9] the last ruling holds, and a retirement can be taken back', () => {
    expect(cardWith(goal(atMinute(80)), ruled('registered', 99), ruled('withdrawn')).notPlaced).toEqual({})
    expect(cardWith(goal(atMinute(80)), retire, make.undo(retire)).notPlaced).toEqual({})
  })
})

describe('what is known of a team', () => {
  const correct = (field: 'name' | 'bibIssue' | 'attention' | 'members', is: never | unknown, minute: number) =>
    make.make('correction', { at: atMinute(minute), field, was: null, is: is as string })

  test('[SC10] the last correction of a field holds, the others stay listed', () => {
    const { team, card } = outcome(
      [make.entry(), correct('name', 'Second', 20), correct('name', 'First', 10), correct('attention', 'allergy', 5)],
      plan,
    )
    expect(card).toMatchObject({ name: 'Second', attention: 'allergy' })
    expect(team?.corrections.map(({ is, holds }) => [is, holds])).toEqual([
      ['allergy', true],
      ['First', false],
      ['Second', true],
    ])
  })

  test('[SC11] a correction of the wrong shape is listed and changes nothing', () => {
    const wrong = [correct('name', 7, 20), correct('bibIssue', 'x', 20), correct('members', [{ id: 1 }], 20)]
    const { team } = outcome([make.entry(), ...wrong], plan)
    expect(team).toMatchObject({ name: 'Team', bibs: { issue: 1 }, members: [{ id: 'm1' }] })
    expect(team?.corrections.map(({ holds }) => holds)).toEqual([false, false, false])
  })

  test('[SC12] the last reception and call for help are shown, and who was where last', () => {
    const came = make.make('reception', { at: atMinute(-30), arrived: ['m1'], feePaid: false })
    const paid = make.make('reception', { at: atMinute(-20), arrived: ['m1'], feePaid: true, note: 'cash' })
    const help = make.make('help', { at: atMinute(70), text: 'lost' })
    const card = cardWith(paid, came, help)
    expect(card.reception).toMatchObject({ at: atMinute(-20), feePaid: true, note: 'cash', by: 'staff1' })
    expect(card.help).toEqual({ at: atMinute(70), text: 'lost' })
    expect(card.lastSeen).toEqual({ at: atMinute(60), checkpoint: '5', device: 'phone0001' })
  })
})
