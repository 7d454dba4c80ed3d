import { describe, expect, test } from 'vitest'
import { scanReasons } from '../../design-docs/facts.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { scanKinds, scanTable } from '../../functions/rules/scan-kinds.ts'
import { type Scan, type ScanReading, scanVerdict } from '../../functions/rules/scan-verdict.ts'
import { cardDoc } from './make-cards.ts'
import { atMinute, checkpointDocs, eventDoc, factMaker, planOf } from './make-facts.ts'

const plan = planOf()
const bib = { event: 'demo', number: '12', issue: 1, kid: 'K1' }
const signed: ScanReading = { result: 'ok', bib }
const scan = (changes: Partial<Scan> = {}) =>
  scanVerdict({
    reading: signed,
    card: cardDoc('12'),
    own: [],
    station: { kind: 'checkpoint', checkpoint: 'S1' },
    plan,
    revoked: [],
    ...changes,
  })

test('[SV1] a good bib of a known team is done, and the check-in is recorded at once', () => {
  expect(scan()).toMatchObject({
    kind: 'ok',
    level: 'done',
    also: [],
    checkin: 'at-once',
    reason: null,
    team: '12',
    verified: true,
    bibIssue: 1,
    previous: null,
  })
})

describe('[SV2] each verdict from what leads to it', () => {
  const make = factMaker()
  const cancelled = planOf(
    eventDoc(),
    checkpointDocs().map((one) => ({ ...one, cancelled: true })),
  )
  const reception = { at: atMinute(-9), arrived: [], feePaid: false, device: 'phone0002', by: 'staff2' }
  const cases: [string, Partial<Scan>][] = [
    ['unreadable', { reading: { result: 'not-ours' } }],
    ['unreadable', { reading: { result: 'malformed' } }],
    ['wrong-event', { reading: { result: 'wrong-event', bib: { ...bib, event: 'other' } } }],
    ['bad-signature', { reading: { result: 'bad-signature', bib } }],
    ['revoked-bib', { card: cardDoc('12', { revokedBibs: [1] }) }],
    ['revoked-bib', { revoked: [{ number: '12', issue: 1 }] }],
    [
      'ok',
      {
        revoked: [
          { number: '12', issue: 2 },
          { number: '1', issue: 1 },
        ],
      },
    ],
    ['cancelled-checkpoint', { plan: cancelled }],
    ['unknown-team', { card: null, reading: { result: 'by-hand', number: '12' } }],
    ['unknown-team', { card: null, reading: { result: 'unknown-key', bib } }],
    ['unknown-but-signed', { card: null }],
    ['retired', { card: cardDoc('12', { retired: { at: atMinute(5), reason: 'knee' } }) }],
    ['retired', { card: cardDoc('12', { status: 'disqualified', statusReason: 'r' }) }],
    ['retired', { own: [make.make('retire', { at: atMinute(30), reason: 'knee' })] }],
    ['wrong-class', { station: { kind: 'checkpoint', checkpoint: 'S1', classIds: ['b'] } }],
    ['ok', { station: { kind: 'checkpoint', checkpoint: 'S1', classIds: ['b', 'a'] } }],
    ['unverified', { reading: { result: 'unknown-key', bib } }],
    ['needs-attention', { card: cardDoc('12', { attention: 'allergy' }) }],
    ['needs-attention', { card: cardDoc('12', { help: { at: atMinute(1) } }) }],
    ['unpaid', { card: cardDoc('12', { reception }) }],
    ['already-here', { card: cardDoc('12', { reception }), station: { kind: 'reception' } }],
    ['ok', { station: { kind: 'reception' } }],
    ['ok', { reading: { result: 'by-hand', number: '12' } }],
  ]
  test.each(cases)('%s', (kind, changes) => {
    expect(scan(changes).kind).toBe(kind)
  })

  test('every verdict is led to, and every reason of a scan is used', () => {
    expect(new Set([...cases.map(([kind]) => kind), 'already-here'])).toEqual(new Set(scanKinds))
    const used = Object.values(scanTable).map(({ reason }) => reason)
    expect(scanReasons.filter((reason) => !used.includes(reason))).toEqual([])
  })
})

describe('already here', () => {
  const make = factMaker()
  const earlier = make.scanned('S1', atMinute(20), { device: 'phone0002', by: 'staff2' })
  const { card } = outcome([make.entry(), earlier], plan)
  const where = { at: atMinute(20), device: 'phone0002', by: 'staff2' }

  test('[SV3] says when, on which phone and by whom, from the card or from this phone’s own records', () => {
    expect(scan({ card })).toMatchObject({
      kind: 'already-here',
      level: 'look',
      checkin: 'on-purpose',
      previous: where,
    })
    expect(scan({ own: [earlier] })).toMatchObject({ kind: 'already-here', previous: where })
    expect(scan({ card: null, own: [earlier] })).toMatchObject({ kind: 'unknown-but-signed', also: ['already-here'] })
  })

  test('[SV4] not at another checkpoint, nor after an undo, nor when it was rejected', () => {
    expect(scan({ card, station: { kind: 'checkpoint', checkpoint: '1' } }).kind).toBe('ok')
    expect(scan({ own: [earlier, make.undo(earlier)] }).kind).toBe('ok')
    expect(scan({ card, own: [make.undo(earlier)] }).kind).toBe('ok')
    expect(scan({ card: null, own: [earlier, make.undo(earlier)] }).also).toEqual([])
    const rejected = outcome([make.entry(), earlier, make.review(earlier, 'REJECTED')], plan).card
    expect(scan({ card: rejected }).kind).toBe('ok')
  })
})

test('[SV5] the gravest is named first and the others beside it', () => {
  const card = cardDoc('12', {
    attention: 'allergy',
    retired: { at: atMinute(5), reason: 'knee' },
    reception: { at: atMinute(-9), arrived: [], feePaid: false, device: 'phone0002', by: 'staff2' },
  })
  expect(scan({ card })).toMatchObject({ kind: 'retired', also: ['needs-attention', 'unpaid'] })
})

test('[SV6] nobody is named by a bib that is not good', () => {
  const own = [factMaker().scanned('S1', atMinute(20))]
  for (const result of ['wrong-event', 'bad-signature'] as const) {
    const verdict = scan({ reading: { result, bib }, own })
    expect(verdict).toMatchObject({ kind: result, team: null, card: null, previous: null, checkin: 'never' })
    expect(verdict.verified).toBe(false)
  }
  expect(scan({ reading: { result: 'unknown-key', bib } })).toMatchObject({ team: '12', verified: false })
})

test('[SV7] what a scan leads to is one thing: a check-in at once, or a reason to record', () => {
  for (const { checkin, reason } of Object.values(scanTable)) expect(checkin === 'at-once').toBe(reason === null)
})
