import { describe, expect, test } from 'vitest'
import { reasons as allReasons } from '../../design-docs/derived.ts'
import type { CheckinFact, Fact, FactOf } from '../../design-docs/facts.ts'
import { distanceMeters, shownMeters } from '../../functions/rules/distance.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { reasonStatus } from '../../functions/rules/reason-status.ts'
import { atMinute, checkpointDoc, eventDoc, factMaker, north, planOf } from './make-facts.ts'

const plan = planOf()
const beside = (number: string, meters = 10, accuracyMeters = 8) => ({
  position: { ...north(plan.checkpoints.get(number)!, meters), accuracyMeters },
})

/** The verdicts of a team with an entry and these facts, as `checkpoint status reasons points`. */
function judged(facts: readonly Fact[], of = plan) {
  const { verdicts } = outcome([factMaker().entry({ _id: '12:entry:00000000000000000000000000' }), ...facts], of)
  return verdicts.map(({ checkpoint, status, reasons, points }) => `${checkpoint} ${status} ${reasons} ${points}`)
}

/** The team's own check-in at photo checkpoint 1, twenty minutes in, with its photo. */
function own(fields: Partial<CheckinFact> = {}, of = plan, photo = true) {
  const make = factMaker()
  const checkin = make.recorded('1', atMinute(20), { ...beside('1'), ...fields })
  return judged(photo ? [checkin, make.photo(checkin)] : [checkin], of)
}

test('[JG5] every reason of the contract has its status', () => {
  expect(Object.keys(reasonStatus).sort()).toEqual([...allReasons].sort())
})

describe('distance', () => {
  test('[JG6] is the great circle: Tokyo to Osaka, a degree of latitude, and half round the earth', () => {
    expect(distanceMeters({ lat: 35.681236, lng: 139.767125 }, { lat: 34.702485, lng: 135.495951 })).toBeCloseTo(
      403_048,
      -3,
    )
    expect(distanceMeters({ lat: 0, lng: 0 }, { lat: 1, lng: 0 })).toBeCloseTo(111_195.08, 1)
    expect(distanceMeters({ lat: 90, lng: 0 }, { lat: -90, lng: 0 })).toBeCloseTo(Math.PI * 6_371_008.8, 1)
    expect(distanceMeters({ lat: 10, lng: 179.9 }, { lat: 10, lng: -179.9 })).toBeLessThan(22_000)
  })

  test('[JG7] exactly 50.0 m is inside, 50.1 m is too far, and what is shown is what is judged', () => {
    expect(own(beside('1', 50))).toEqual(['1 AUTO_APPROVED ok 10'])
    expect(own(beside('1', 50.04))).toEqual(['1 AUTO_APPROVED ok 10'])
    expect(own(beside('1', 50.06))).toEqual(['1 PENDING too-far 10'])
    expect(shownMeters(50.04)).toBe(50)
  })

  test('[JG8] a checkpoint may have a radius of its own', () => {
    const wide = planOf(eventDoc(), [checkpointDoc('1', { ...north(plan.checkpoints.get('1')!, 0), radiusMeters: 80 })])
    expect(own(beside('1', 80), wide)).toEqual(['1 AUTO_APPROVED ok 10'])
    expect(own(beside('1', 81), wide)).toEqual(['1 PENDING too-far 10'])
  })
})

describe('what a team recorded itself', () => {
  test('[JG9] waits for a person without position, photo, or a good enough accuracy', () => {
    expect(own(beside('1', 10, 100))).toEqual(['1 AUTO_APPROVED ok 10'])
    expect(own(beside('1', 10, 100.5))).toEqual(['1 PENDING low-accuracy 10'])
    expect(own(beside('1', 70, 100.5))).toEqual(['1 PENDING low-accuracy,too-far 10'])
    expect(own({}, plan, false)).toEqual(['1 PENDING no-photo 10'])
    const nowhere = factMaker()
    expect(judged([nowhere.recorded('S1', atMinute(5))])).toEqual(['S1 PENDING no-position 15'])
  })

  test('[JG10] needs no photo where the event asks for none, and a person for all where it says so', () => {
    const rules = eventDoc().rules
    expect(own({}, planOf(eventDoc({ rules: { ...rules, requirePhoto: false } })), false)).toEqual([
      '1 AUTO_APPROVED ok 10',
    ])
    const byHand = planOf(eventDoc({ rules: { ...rules, autoApprove: false } }))
    expect(own({}, byHand)).toEqual(['1 PENDING ok 10'])
    expect(judged([factMaker().scanned('1', atMinute(20))], byHand)).toEqual(['1 AUTO_APPROVED ok 10'])
  })

  test('[JG11] the photo’s own position serves when the check-in has none; for uploads its EXIF does', () => {
    const make = factMaker()
    const shot = make.recorded('1', atMinute(20))
    const { position } = beside('1')
    expect(judged([shot, make.photo(shot, { position })])).toEqual(['1 AUTO_APPROVED ok 10'])
    const exif = { lat: position.lat, lng: position.lng }
    expect(judged([shot, make.photo(shot, { exif })])).toEqual(['1 PENDING no-position 10'])
    const upload = make.scanned('1', atMinute(20), { method: 'upload', verified: false })
    expect(judged([upload, make.photo(upload, { exif })])).toEqual(['1 AUTO_APPROVED ok 10'])
    expect(judged([upload, make.photo(upload)])).toEqual(['1 PENDING no-position 10'])
  })

  test('[JG12] the latest photo that was not voided is the one that counts', () => {
    const make = factMaker()
    const checkin = make.recorded('1', atMinute(20), beside('1'))
    const first = make.photo(checkin)
    const second = make.photo(checkin, { at: atMinute(22) })
    const photoIn = (facts: Fact[]) => outcome([make.entry(), checkin, ...facts], plan).card?.checkpoints[0]?.photo
    expect(photoIn([second, first])).toBe(second._id)
    expect(photoIn([second, first, make.undo(second)])).toBe(first._id)
  })
})

describe('what staff scanned', () => {
  test('[JG13] counts by itself, far away and without a photo', () => {
    expect(judged([factMaker().scanned('1', atMinute(20), beside('5'))])).toEqual(['1 AUTO_APPROVED ok 10'])
  })

  test('[JG14] waits for a person when no signature was seen, or the bib was revoked by then', () => {
    const make = factMaker()
    expect(judged([make.scanned('1', atMinute(20), { verified: false })])).toEqual(['1 PENDING unverified 10'])
    const revoke = make.make('correction', { at: atMinute(60), field: 'revokedBibs', was: [], is: [1] })
    const around = [make.scanned('1', atMinute(59)), make.scanned('S1', atMinute(60)), revoke]
    expect(judged(around)).toEqual(['1 AUTO_APPROVED ok 10', 'S1 PENDING revoked-bib 15'])
    expect(judged([make.scanned('1', atMinute(70), { bibIssue: 2 }), revoke])).toEqual(['1 AUTO_APPROVED ok 10'])
  })
})

describe('checkpoints and times', () => {
  test('[JG15] an unknown checkpoint waits, a cancelled one counts for nobody even if a person approved it before', () => {
    const make = factMaker()
    const cancelled = planOf(eventDoc(), [checkpointDoc('1', { cancelled: true })])
    const scan = make.scanned('1', atMinute(20))
    expect(judged([make.scanned('X9', atMinute(20))])).toEqual(['X9 PENDING unknown-checkpoint 0'])
    expect(judged([scan], cancelled)).toEqual(['1 REJECTED cancelled-checkpoint 0'])
    expect(judged([scan, make.review(scan, 'APPROVED')], cancelled)).toEqual(['1 APPROVED cancelled-checkpoint 0'])
  })

  test('[JG16] the event’s and the checkpoint’s hours include their bounds', () => {
    const hours = planOf(eventDoc(), [checkpointDoc('1', { opensAt: atMinute(10), closesAt: atMinute(100) })])
    const at = (ms: number) => judged([factMaker().scanned('1', ms)], hours)[0]
    expect([atMinute(10), atMinute(100)].map(at)).toEqual(Array(2).fill('1 AUTO_APPROVED ok 10'))
    expect([atMinute(10) - 1, atMinute(100) + 1].map(at)).toEqual(Array(2).fill('1 PENDING outside-period 10'))
  })

  test('[JG17] nobody is on course before the start or after the end, but starts come early and goals late', () => {
    const at = (number: string, minute: number) => judged([factMaker().scanned(number, atMinute(minute))])[0]
    expect(at('1', -1)).toBe('1 PENDING outside-period 10')
    expect(at('1', 601)).toBe('1 PENDING outside-period 10')
    expect(at('ST', -90)).toBe('ST AUTO_APPROVED ok 0')
    expect(at('GO', 700)).toBe('GO AUTO_APPROVED ok 0')
  })

  test('[JG18] what lies after the goal waits, also when a later goal was scanned', () => {
    const make = factMaker()
    const day = [make.scanned('GO', atMinute(100)), make.scanned('1', atMinute(110)), make.scanned('GO', atMinute(140))]
    expect(judged(day)).toEqual(['GO AUTO_APPROVED ok 0', '1 PENDING after-goal 10', 'GO AUTO_APPROVED ok 0'])
    expect(outcome([make.entry(), ...day], plan).card?.goalAt).toBe(atMinute(100))
  })

  test('[JG19] a way that nobody could have gone in the time waits, and does not spoil what follows', () => {
    const make = factMaker()
    const wrong = make.scanned('5', atMinute(21))
    const day = [make.scanned('1', atMinute(20)), wrong, make.scanned('2', atMinute(30))]
    expect(judged(day)).toEqual(['1 AUTO_APPROVED ok 10', '5 PENDING too-fast 50', '2 AUTO_APPROVED ok 20'])
    expect(judged([...day, make.review(wrong, 'APPROVED')])[2]).toBe('2 AUTO_APPROVED ok 20')
    const twins = judged([make.scanned('1', atMinute(20)), make.scanned('2', atMinute(20))])
    expect(twins).toEqual(['1 AUTO_APPROVED ok 10', '2 PENDING too-fast 20'])
  })

  test('[JG20] after a withdrawal, a disqualification or a retirement check-ins wait; those before stand', () => {
    const make = factMaker()
    const [before, after] = [make.scanned('1', atMinute(20)), make.scanned('S1', atMinute(60))]
    const ends: Fact[] = [
      make.make('ruling', { at: atMinute(30), status: 'withdrawn', reason: 'r', as: 'admin' }),
      make.make('ruling', { at: atMinute(30), status: 'disqualified', reason: 'r', as: 'admin' }),
      make.make('retire', { at: atMinute(30), reason: 'tired' }),
    ]
    for (const end of ends)
      expect(judged([before, after, end])).toEqual(['1 AUTO_APPROVED ok 10', 'S1 PENDING withdrawn 15'])
    const back = make.make('ruling', { at: atMinute(90), status: 'registered', reason: 'r', as: 'admin' })
    expect(judged([before, after, ends[0]!, back])[1]).toBe('S1 AUTO_APPROVED ok 15')
  })
})

describe('duplicates', () => {
  const make = factMaker()
  const first = make.scanned('1', atMinute(20))
  const soon = make.scanned('1', atMinute(50) - 1)
  const later = make.scanned('1', atMinute(50))

  test('[JG21] within 30 minutes of the first a check-in is a duplicate, exactly 30 minutes later a new one', () => {
    expect(judged([soon, first])).toEqual(['1 AUTO_APPROVED ok 10', '1 REJECTED duplicate 0'])
    expect(judged([later, first])).toEqual(['1 AUTO_APPROVED ok 10', '1 AUTO_APPROVED ok 10'])
    expect(judged([first, soon, later])[2]).toBe('1 AUTO_APPROVED ok 10')
  })

  test('[JG22] however often a team was there, its checkpoint counts once', () => {
    const { card, verdicts } = outcome([make.entry(), first, soon, later], plan)
    expect(card?.points.net).toBe(10)
    expect(verdicts.map(({ counts }) => counts)).toEqual([true, false, false])
    expect(card?.checkins).toEqual({ total: 3, confirmed: 0, provisional: 2, pending: 0, rejected: 1 })
  })

  test('[JG23] once the first is voided or rejected, the next takes its place', () => {
    expect(judged([first, soon, make.undo(first)])).toEqual(['1 AUTO_APPROVED ok 10'])
    expect(judged([first, soon, make.review(first, 'REJECTED')])).toEqual(['1 REJECTED ok 0', '1 AUTO_APPROVED ok 10'])
  })

  test('[JG24] a doubtful try does not shut out the good one after it', () => {
    const doubtful = make.scanned('1', atMinute(19), { verified: false })
    expect(judged([doubtful, first])).toEqual(['1 PENDING unverified 10', '1 AUTO_APPROVED ok 10'])
  })
})

describe('reviews', () => {
  const make = factMaker()
  const far = make.recorded('S1', atMinute(20), beside('S1', 200))
  const approve = make.review(far, 'APPROVED', { comment: 'seen on the photo' })
  const reject = make.review(far, 'REJECTED', { at: atMinute(30) })

  test('[JG25] a person’s decision stands over the rules, which stay visible beside it', () => {
    const { verdicts, card } = outcome([make.entry(), far, approve], plan)
    expect(verdicts).toMatchObject([
      {
        status: 'APPROVED',
        automatic: 'PENDING',
        reasons: ['too-far'],
        distanceMeters: 200,
        figures: { limitMeters: 50, accuracyMeters: 8 },
        reviewedBy: 'judge1',
        reviewedAt: approve.at,
        comment: 'seen on the photo',
      },
    ])
    expect(card?.points).toMatchObject({ confirmed: 15, pending: 0, net: 15 })
  })

  test('[JG26] the last review wins, in whatever order they arrive, unless it was voided', () => {
    expect(judged([far, reject, approve])).toEqual(['S1 REJECTED too-far 0'])
    expect(judged([far, reject, approve, make.undo(reject)])).toEqual(['S1 APPROVED too-far 15'])
    expect(judged([far, { ...approve, as: 'staff' }])).toEqual(['S1 PENDING too-far 15'])
  })

  test('[JG27] when the best is rejected the second best counts', () => {
    const good = make.scanned('S1', atMinute(70))
    const best = make.scanned('S1', atMinute(20))
    const { verdicts, card } = outcome([make.entry(), best, good, make.review(best, 'REJECTED')], plan)
    expect(verdicts.map(({ counts }) => counts)).toEqual([false, true])
    expect(card?.checkpoints).toMatchObject([{ checkin: good._id, points: 15 }])
  })
})

describe('voids', () => {
  const make = factMaker()
  const scan = make.scanned('1', atMinute(20))
  const left = (undo: FactOf<'void'>, ...more: Fact[]) => judged([scan, undo, ...more]).length

  test('[VO3] the author, a judge and an admin may take back; others may not', () => {
    expect(left(make.undo(scan))).toBe(0)
    expect(left(make.undo(scan, { by: 'judge1', as: 'judge' }))).toBe(0)
    expect(left(make.undo(scan, { by: 'admin1', as: 'admin' }))).toBe(0)
    expect(left(make.undo(scan, { by: 'staff2', as: 'staff' }))).toBe(1)
    expect(left(make.undo(scan, { by: 'core1', as: 'core' }))).toBe(1)
  })

  test('[VO4] a void cannot be taken back: what is to count is recorded anew', () => {
    const undo = make.undo(scan)
    expect(left(undo, make.undo(undo, { by: 'admin1', as: 'admin' }))).toBe(0)
  })

  test('[VO5] whatever its void names, a check-in takes its photos with it', () => {
    const portrait = { ...make.photo(scan), purpose: 'portrait' as const }
    const card = (...facts: Fact[]) => outcome([make.entry(), scan, portrait, ...facts], plan).card
    expect(card()?.portrait).toBe(portrait._id)
    expect(card(make.undo(scan))?.portrait).toBeNull()
  })

  test('[VO6] an arrival is evidence: voiding it changes no time', () => {
    const goal = make.recorded('GO', atMinute(100), beside('GO'))
    const late = make.arrival([goal], atMinute(160))
    expect(judged([goal, late, make.undo(late, { as: 'admin' })])).toEqual(['GO PENDING late-delivery 0'])
  })
})

test('[JG28] checkpoints of the plan that nobody visited are nowhere in the card', () => {
  const { card } = outcome([factMaker().entry()], plan)
  expect(card).toMatchObject({ checkpoints: [], notPlaced: { a: 'no-goal' }, lastSeen: null, startAt: null })
})
