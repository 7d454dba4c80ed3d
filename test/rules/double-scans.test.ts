import { expect, test } from 'vitest'
import { doubleScans } from '../../functions/rules/double-scans.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { atMinute, factMaker, planOf } from './make-facts.ts'

const plan = planOf()
const make = factMaker()
const found = (...visits: [place: string, minute: number, device?: string][]) => {
  const facts = visits.map(([place, minute, device = 'phone0001']) => make.scanned(place, atMinute(minute), { device }))
  const { verdicts } = outcome([make.entry(), ...facts], plan)
  return doubleScans(verdicts, plan.checkpoints, plan.event.rules)
}

test('[DS1] two records within a minute at places apart are one team too many, with both devices and the figures', () => {
  const [pair, ...more] = found(['1', 20, 'phoneone1'], ['3', 20.5, 'phonetwo2'])
  expect(more).toEqual([])
  expect(pair).toMatchObject({ kind: 'at-once', apartMs: 30_000, meters: 1900, speedKmh: 228 })
  expect([pair?.first.device, pair?.second.device]).toEqual(['phoneone1', 'phonetwo2'])
  expect(found(['1', 20], ['2', 20])[0]).toMatchObject({ kind: 'at-once', speedKmh: null })
})

test('[DS2] later than that it is the speed that tells; just fast enough is no finding', () => {
  // 1.9 km at 30 km/h take 3.8 minutes.
  expect(found(['1', 20], ['3', 23.7])).toMatchObject([{ kind: 'too-fast', speedKmh: 30.8 }])
  expect(found(['1', 20], ['3', 23.8])).toEqual([])
  expect(found(['1', 20], ['1', 20])).toEqual([])
})

test('[DS3] each record is held against the one before it, whatever was decided on either', () => {
  const rows = found(['1', 20], ['3', 20.5], ['1', 21])
  expect(rows.map(({ first, second }) => `${first.checkpoint} ${second.checkpoint}`)).toEqual(['1 3', '3 1'])
  expect(found(['1', 20], ['X9', 20], ['1', 60])).toEqual([])
})
