import { describe, expect, test } from 'vitest'
import { raceClock } from '../../app/participant/race-clock.ts'
import { timeLeftMs } from '../../app/staff/time-left.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { preview } from '../../functions/rules/preview.ts'
import { rank } from '../../functions/rules/rank.ts'
import { teamStateOf } from '../../functions/rules/team-state.ts'
import { atMinute, eventDoc, factMaker, planOf } from './make-facts.ts'

const plan = planOf()
const make = factMaker()
const visited = make.scanned('5', atMinute(60))
const said = (kind: 'start' | 'finish', minute: number | null, at = 100) =>
  make.make('timing', {
    at: atMinute(at),
    kind,
    is: minute === null ? null : atMinute(minute),
    reason: 'late bus',
    as: 'judge',
    by: 'judge1',
  })
const outcomeOf = (...facts: Fact[]) => outcome([make.entry(), visited, ...facts], plan)
const cardWith = (...facts: Fact[]) => outcomeOf(...facts).card!
const goal = make.scanned('GO', atMinute(200))

describe('the real start', () => {
  test('[TM1] the limit runs from it, and the start that was scanned steps back', () => {
    expect(cardWith(goal).lateMinutes).toEqual({ a: 20 })
    const card = cardWith(make.scanned('ST', atMinute(1)), goal, said('start', 15))
    expect(card).toMatchObject({ startAt: atMinute(15), lateMinutes: { a: 5 }, points: { penalty: 50 } })
    expect(card.declared).toEqual({ startAt: atMinute(15) })
  })

  test('[TM2] check-ins before it are outside the period, those after an early one are inside', () => {
    const late = outcomeOf(said('start', 61)).verdicts[0]
    expect(late).toMatchObject({ status: 'PENDING', reasons: ['outside-period'], figures: { earlyMs: 60_000 } })
    const early = make.scanned('S1', atMinute(-70))
    expect(outcomeOf(early).verdicts[0]?.reasons).toEqual(['outside-period'])
    expect(outcomeOf(early, said('start', -75)).verdicts[0]?.reasons).toEqual(['ok'])
  })

  test('[TM3] the last word holds, nothing said is as the records have it, and a void takes it back', () => {
    const [first, second] = [said('start', 15, 100), said('start', 10, 110)]
    expect(cardWith(goal, second, first).declared).toEqual({ startAt: atMinute(10) })
    expect(cardWith(goal, first, said('start', null, 120))).not.toHaveProperty('declared')
    expect(cardWith(goal, first, second, make.undo(second)).declared).toEqual({ startAt: atMinute(15) })
  })

  test('[TM4] among equal points the shorter time from the own start is the better', () => {
    const other = factMaker('9')
    const rival = outcome([other.entry(), other.scanned('5', atMinute(60)), other.scanned('GO', atMinute(170))], plan)
    const mine = cardWith(make.scanned('GO', atMinute(175)), said('start', 10))
    const ranked = (...cards: (typeof mine)[]) =>
      rank('a', cards, plan.event).rows.map(({ place, team }) => `${place} ${team}`)
    expect(ranked(mine, rival.card!)).toEqual(['1 12', '2 9'])
    expect(ranked(cardWith(make.scanned('GO', atMinute(175))), rival.card!)).toEqual(['1 9', '2 12'])
    expect(ranked(cardWith(make.scanned('GO', atMinute(180)), said('start', 10)), rival.card!)).toEqual(['1 9', '1 12'])
  })

  test('[TM5] the clocks of team and staff run from it', () => {
    const card = cardWith(said('start', 15))
    const event = eventDoc()
    expect(raceClock(card, event, atMinute(15) - 1)).toMatchObject({ is: 'before', startsAt: atMinute(15) })
    expect(raceClock(card, event, atMinute(100))).toMatchObject({ is: 'running', endsAt: atMinute(195) })
    expect(timeLeftMs(card, event, atMinute(100))).toBe(95 * 60_000)
  })
})

describe('a finish by hand', () => {
  test('[TM6] stands before the goal that was scanned, and without one', () => {
    expect(cardWith(said('finish', 170))).toMatchObject({ goalAt: atMinute(170), notPlaced: {} })
    expect(cardWith(goal, said('finish', 170))).toMatchObject({ goalAt: atMinute(170), lateMinutes: { a: 0 } })
    expect(cardWith(goal, said('finish', 170), said('finish', null, 110)).goalAt).toBe(atMinute(200))
  })

  test('[TM7] what was recorded after it waits for a person', () => {
    const [verdict] = outcomeOf(said('finish', 50)).verdicts
    expect(verdict).toMatchObject({ status: 'PENDING', reasons: ['after-goal'] })
  })
})

test('[TM8] a team ruled without a place runs on, counts, and is in no place', () => {
  const ruled = make.make('ruling', { at: atMinute(30), status: 'not-placed', reason: 'guest', as: 'judge' })
  const { verdicts, card } = outcomeOf(make.scanned('GO', atMinute(150)), ruled)
  expect(verdicts.map(({ reasons }) => reasons)).toEqual([['ok'], ['ok']])
  expect(card).toMatchObject({ notPlaced: { a: 'not-placed' }, points: { net: 50 } })
  expect(teamStateOf(card!)).toBe('finished')
  const ruledOut = make.make('ruling', { at: atMinute(20), status: 'disqualified', reason: 'r', as: 'judge' })
  expect(outcomeOf(ruledOut, ruled).verdicts[0]?.reasons).toEqual(['ok'])
  const tired = make.make('retire', { at: atMinute(140), reason: 'knee' })
  expect(cardWith(ruled, tired).notPlaced).toEqual({ a: 'retired' })
})

test('[TM9] a team that gave up is back once somebody said so; where help was called is on the card', () => {
  const position = { lat: 35.4, lng: 138.7, accuracyMeters: 8 }
  const help = make.make('help', { at: atMinute(70), position })
  const back = make.make('back', { at: atMinute(90) })
  expect(cardWith(help, back)).toMatchObject({ backAt: atMinute(90), help: { at: atMinute(70), position } })
  expect(cardWith(back, make.undo(back))).not.toHaveProperty('backAt')
})

test('[TM10] a phone that counts its own facts keeps what a judge said of the times', () => {
  const official = cardWith(goal, said('start', 15), make.make('back', { at: atMinute(90) }))
  const own = make.scanned('3', atMinute(80))
  const whole = outcomeOf(goal, said('start', 15), own).card!
  const shown = preview(official, [own], plan)
  expect(shown).toMatchObject({ lateMinutes: whole.lateMinutes, points: whole.points, declared: whole.declared })
  expect(shown.backAt).toBe(atMinute(90))
})

test('[TM11] a check-in that was moved is judged by the role it was recorded in', () => {
  const moved = (as: 'staff' | 'participant') =>
    make.scanned('3', atMinute(80), { as: 'judge', by: 'judge1', moved: { from: visited._id, as } })
  const reasons = (fact: Fact) => outcomeOf(fact).verdicts.at(-1)?.reasons
  expect(reasons(moved('staff'))).toEqual(['ok'])
  expect(reasons(moved('participant'))).toEqual(['no-position', 'no-photo'])
})
