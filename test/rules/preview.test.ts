import { expect, test } from 'vitest'
import { outcome } from '../../functions/rules/outcome.ts'
import { preview } from '../../functions/rules/preview.ts'
import { atMinute, factMaker, planOf } from './make-facts.ts'

const plan = planOf()
const make = factMaker()
const [first, second] = [make.scanned('1', atMinute(20)), make.scanned('S1', atMinute(40))]
const bonus = make.make('adjustment', { at: atMinute(30), points: 5, reason: 'clue', as: 'judge', by: 'judge1' })
const card = outcome([make.entry(), first, bonus], plan).card!

test('[PV2] without own facts the server’s card is shown as it is', () => {
  expect(preview(card, [], plan)).toBe(card)
})

test('[PV3] an unsent check-in counts, and is not counted twice when the card already has it', () => {
  const shown = preview(card, [second], plan)
  expect(shown.points).toMatchObject({ provisional: 25, adjustment: 5, net: 30 })
  expect(shown.checkins.total).toBe(2)
  const arrived = outcome([make.entry(), first, bonus, second], plan).card!
  expect(preview(arrived, [second, bonus], plan)).toEqual(arrived)
})

test('[PV8] what the card was made with is left to it: a void or a correction by others is not undone here', () => {
  const named = make.make('correction', { at: atMinute(25), field: 'name', was: 'Team', is: 'Mine' })
  const later = make.make('correction', { at: atMinute(26), field: 'name', was: 'Mine', is: 'Theirs', by: 'staff2' })
  const undone = make.undo(first, { by: 'judge1', as: 'judge' })
  const official = outcome([make.entry(), first, named, later, undone], plan).card!
  expect(preview(official, [first, named], plan)).toBe(official)
  expect(preview(official, [first, named, second], plan)).toMatchObject({ name: 'Theirs', points: { net: 15 } })
})

test('[PV4] a repeat within the window of a check-in that the server has is a duplicate here too', () => {
  const shown = preview(card, [make.scanned('1', atMinute(49))], plan)
  expect(shown.points.net).toBe(15)
  expect(shown.checkins).toMatchObject({ total: 2, provisional: 1, rejected: 1 })
})

test('[PV5] an undo takes the server’s row away, by its author or a judge only', () => {
  expect(preview(card, [make.undo(first)], plan)).toMatchObject({ checkpoints: [], points: { net: 5 } })
  expect(preview(card, [make.undo(first)], plan).checkins).toMatchObject({ total: 0, provisional: 0 })
  expect(preview(card, [make.undo(first, { by: 'other', as: 'staff' })], plan).points.net).toBe(15)
})

test('[PV6] a judge’s own decision shows at once', () => {
  const shown = preview(card, [make.review(first, 'REJECTED')], plan)
  expect(shown.points).toMatchObject({ provisional: 0, net: 5 })
  expect(shown.checkins).toMatchObject({ total: 1, provisional: 0, rejected: 1 })
})

test('[PV7] corrections, reception, retirement and portrait of this phone show at once', () => {
  const portrait = make.photo(null, { at: atMinute(50) })
  const shown = preview(
    card,
    [
      make.make('correction', { at: atMinute(41), field: 'name', was: 'Team', is: 'New' }),
      make.make('reception', { at: atMinute(42), arrived: ['m1'], feePaid: true }),
      make.make('retire', { at: atMinute(43), reason: 'knee' }),
      portrait,
    ],
    plan,
  )
  expect(shown).toMatchObject({
    name: 'New',
    reception: { feePaid: true },
    retired: { reason: 'knee' },
    notPlaced: { a: 'retired' },
    portrait: portrait._id,
    lastSeen: { checkpoint: 'reception' },
  })
})
