import { expect, test } from 'vitest'
import { attendanceOf } from '../../functions/rules/attendance.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { atMinute, checkpointDocs, eventDoc, factMaker } from './make-facts.ts'

const event = eventDoc()
const plan = { event, checkpoints: new Map(checkpointDocs().map((one) => [one.number, one])) }
const members = ['m1', 'm2', 'm3'].map((id) => ({ id, name: id }))
const cardOf = (team: string, facts: (one: ReturnType<typeof factMaker>) => Parameters<typeof outcome>[0]) => {
  const one = factMaker(team)
  return outcome([one.entry({ classIds: ['a'], members }), ...facts(one)], plan).card!
}
const received = (one: ReturnType<typeof factMaker>, arrived: string[]) =>
  one.make('reception', { at: atMinute(1), arrived, feePaid: true })

test('[AT1] teams and people are counted where they are, people as the reception saw them come', () => {
  const cards = [
    cardOf('1', () => []),
    cardOf('2', (one) => [received(one, ['m1', 'm2'])]),
    cardOf('3', (one) => [received(one, ['m1']), one.scanned('S1', atMinute(20))]),
    cardOf('4', (one) => [one.scanned('S1', atMinute(20))]),
    cardOf('5', (one) => [received(one, ['m1', 'm2', 'm3']), one.scanned('GO', atMinute(90))]),
    cardOf('6', (one) => [received(one, ['m1', 'm2']), one.make('retire', { at: atMinute(30), reason: 'foot' })]),
    cardOf('7', (one) => [one.make('ruling', { at: atMinute(2), status: 'withdrawn', reason: 'ill' })]),
  ]
  expect(attendanceOf(cards, event).total).toEqual({
    expected: { teams: 6, people: 18 },
    arrived: { teams: 5, people: 2 + 1 + 3 + 3 + 2 },
    onCourse: { teams: 2, people: 4 },
    finished: { teams: 1, people: 3 },
    retired: { teams: 1, people: 2 },
    out: { teams: 1, people: 3 },
  })
})

test('[AT2] a team counts once in all and in each class it entered; a class without teams stands there with noughts', () => {
  const one = factMaker('1')
  const both = outcome([one.entry({ classIds: ['a', 'b', 'a'], members })], plan).card!
  const { total, classes } = attendanceOf([both], event)
  expect(total.expected).toEqual({ teams: 1, people: 3 })
  expect(classes.map(({ id, figures }) => [id, figures.expected.teams])).toEqual(
    event.classes.map(({ id }) => [id, id === 'a' || id === 'b' ? 1 : 0]),
  )
  expect(attendanceOf([], event).total.expected).toEqual({ teams: 0, people: 0 })
})
