import { expect, test } from 'vitest'
import type { Fact } from '../../design-docs/facts.ts'
import { feeTakenAt } from '../../functions/rules/cash-up.ts'
import { atMinute, factMaker } from './make-facts.ts'

const { make, arrival } = factMaker('12')
const at = (minute: number, feePaid: boolean, device: string) =>
  make('reception', { at: atMinute(minute), arrived: ['m1'], feePaid, device })
const [owes, pays, corrects] = [at(1, false, 'desk00001'), at(2, true, 'desk00002'), at(5, true, 'desk00003')]
// The desk's clock is more than an hour ahead; the server had its record at minute 10.
const ahead = at(90, true, 'desk00004')
const after = at(12, true, 'desk00005')
const known = [arrival([ahead], atMinute(10)), arrival([after], atMinute(13))]
const back = make('void', { at: atMinute(6), fact: pays._id, reason: 'wrong team', by: pays.by, as: pays.as })

test.each<[string, Fact[], string | null]>([
  ['nobody received it', [], null],
  ['it still owes', [owes], null],
  ['it paid at the second desk', [owes, pays], 'desk00002'],
  ['members were corrected at a third, to which no money went', [owes, corrects, pays], 'desk00002'],
  ['it was given its money back', [pays, at(9, false, 'desk00001')], null],
  ['it paid again after that', [pays, at(9, false, 'desk00001'), at(12, true, 'desk00003')], 'desk00003'],
  ['what was recorded by mistake was taken back', [owes, pays, back], null],
  ['it paid at a desk whose clock is ahead, and was corrected later', [ahead, after, ...known], 'desk00004'],
  ['taken back, what came after it stands', [pays, back, corrects], 'desk00003'],
])('[TL1] the fee of a team lies where it was taken: %s', (_, facts, device) => {
  expect(feeTakenAt(facts)?.fact.device ?? null).toBe(device)
})
