import { expect, test } from 'vitest'
import type { Fact } from '../../design-docs/facts.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { whereaboutsOf } from '../../functions/rules/whereabouts.ts'
import { atMinute, eventDoc, factMaker, planOf } from './make-facts.ts'

const team = factMaker('12')
const entered = team.entry({ classIds: ['a'] })
const received = team.make('reception', { at: atMinute(-30), arrived: [], feePaid: true })
const scan = team.scanned('1', atMinute(30))
const own = team.recorded('2', atMinute(90))
const goal = team.scanned('GO', atMinute(170))
const retired = team.make('retire', { at: atMinute(60), reason: 'knee' })
const back = (minute: number) => team.make('back', { at: atMinute(minute) })
const ruled = (status: 'disqualified' | 'withdrawn') =>
  team.make('ruling', { at: atMinute(80), status, reason: 'r', by: 'judge1', as: 'judge' })
const where = (minute: number, ...facts: Fact[]) =>
  whereaboutsOf(
    outcome([entered, ...facts], planOf()).card!,
    { classes: eventDoc().classes, goals: new Set(['GO']) },
    atMinute(minute),
  )

test.each([
  ['entered only', 100, [], 'not-out'],
  ['received, before the start', -1, [received], 'not-out'],
  ['received, started by the clock, never seen: a mass start without scans', 0, [received], 'unseen'],
  ['received, then withdrawn', 100, [received, ruled('withdrawn')], 'not-out'],
  ['received, never seen, and somebody says that it is here', 100, [received, back(95)], 'back'],
  ['seen at a checkpoint', 100, [scan], 'out'],
  [
    'seen, and its fee paid later',
    100,
    [scan, team.make('reception', { at: atMinute(40), arrived: [], feePaid: true })],
    'out',
  ],
  ['seen, then disqualified', 100, [scan, ruled('disqualified')], 'out'],
  ['seen, then withdrawn', 100, [scan, ruled('withdrawn')], 'out'],
  ['disqualified and at the goal', 200, [scan, ruled('disqualified'), goal], 'back'],
  ['gave up', 100, [scan, retired], 'given-up'],
  ['gave up without a record before', 100, [retired], 'given-up'],
  ['gave up, then its own phone records a far checkpoint', 100, [scan, retired, own], 'given-up'],
  [
    'gave up, then corrected at the reception',
    100,
    [scan, retired, team.make('reception', { at: atMinute(70), arrived: [], feePaid: true })],
    'given-up',
  ],
  ['gave up and disqualified', 100, [scan, retired, ruled('disqualified')], 'given-up'],
  ['gave up, then back', 100, [scan, retired, back(90)], 'back'],
  ['gave up again after it was back', 100, [scan, back(50), retired], 'given-up'],
  ['back, and seen on the course later', 100, [scan, back(50), own], 'out'],
  ['at the goal', 200, [scan, goal], 'back'],
] as const)('[OU4] %s', (_, minute, facts, expected) => {
  expect(where(minute, ...facts)).toBe(expected)
})
