import { expect, test } from 'vitest'
import { doubleScans } from '../../functions/rules/double-scans.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { atMinute, checkpointDocs, factMaker, planOf } from './make-facts.ts'

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
  expect(pair).toMatchObject({ kind: 'at-once', apartMs: 30_000, meters: 1980, speedKmh: 237.6 })
  expect([pair?.first.device, pair?.second.device]).toEqual(['phoneone1', 'phonetwo2'])
  expect(found(['1', 20], ['2', 20])[0]).toMatchObject({ kind: 'at-once', speedKmh: null })
})

test('[DS2] later than that it is the speed that tells; just fast enough is no finding', () => {
  // 1.98 km at 30 km/h take 3.96 minutes.
  expect(found(['1', 20], ['3', 23.9])).toMatchObject([{ kind: 'too-fast', speedKmh: 30.5 }])
  expect(found(['1', 20], ['3', 24])).toEqual([])
  expect(found(['1', 20], ['1', 20])).toEqual([])
})

test('[DS3] each record is held against the one before it, whatever was decided on either', () => {
  const rows = found(['1', 20], ['3', 20.5], ['1', 21])
  expect(rows.map(({ first, second }) => `${first.checkpoint} ${second.checkpoint}`)).toEqual(['1 3', '3 1'])
  expect(found(['1', 20], ['X9', 20], ['1', 60])).toEqual([])
})

test.each([
  // Meters between two stations, seconds between the records, whether staff read the bib at both: is it told?
  [60, 0, 'qr', true],
  [60, 4, 'qr', true],
  // 40 m at 30 km/h take 4.8 s.
  [60, 5, 'qr', false],
  [29, 1, 'qr', true],
  [19, 0, 'qr', false],
  // Where a team's phone says that it was, both may have stood between the two.
  [60, 0, 'gps', false],
  [99, 0, 'gps', false],
  [130, 1, 'gps', true],
] as const)('[DS5] stations %i m apart, %i s between records by %s: %s', (meters, seconds, method, isTold) => {
  const [one, other] = checkpointDocs().filter(({ number }) => number === '1' || number === '2')
  const near = [one!, { ...other!, lat: one!.lat + meters / 111_195, lng: one!.lng }]
  const close = planOf(undefined, near)
  const by = method === 'gps' ? make.recorded : make.scanned
  const facts = [by('1', atMinute(20)), by('2', atMinute(20) + seconds * 1000, { device: 'phonetwo2' })]
  const { verdicts } = outcome([make.entry(), ...facts], close)
  const told = doubleScans(verdicts, close.checkpoints, close.event.rules)
  expect(told).toHaveLength(isTold ? 1 : 0)
})
