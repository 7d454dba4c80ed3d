import { expect, test } from 'vitest'
import { defaultMasks, menuBits } from '../../design-docs/menus.ts'
import type { AnswersDoc } from '../../design-docs/surveys.ts'
import {
  answersOf,
  countedAnswers,
  isAnswered,
  missingAnswers,
  rolesNotShown,
  tallyOf,
} from '../../functions/rules/surveys.ts'
import { atMinute, factMaker } from './make-facts.ts'
import { surveyDoc } from './make-pages.ts'

const survey = surveyDoc()
const of = (docs: (AnswersDoc | null)[]) => docs.filter((one) => one !== null)
const classesOf = (team: string) => (team === '12' ? ['a'] : ['b'])
const tally = (docs: (AnswersDoc | null)[], wanted = survey) =>
  tallyOf(wanted, countedAnswers(wanted, of(docs), classesOf))
const countsOf = (docs: (AnswersDoc | null)[], wanted = survey) => tally(docs, wanted).questions[0]?.counts

test('[SU1] the latest answer of a phone counts, each phone of a team for itself, staff as persons', () => {
  const one = factMaker('12')
  const facts = [
    one.answer({ good: 'no' }, { at: atMinute(2), device: 'phone00001' }),
    one.answer({ good: 'yes' }, { at: atMinute(3), device: 'phone00001' }),
    one.answer({ good: 'no' }, { at: atMinute(1), device: 'phone00001' }),
    one.answer({ good: 'no' }, { at: atMinute(1), device: 'phone00002' }),
  ]
  expect(countsOf([answersOf('12', facts)])).toEqual({ yes: 1, no: 1 })
  const staff = ['phone00001', 'phone00002'].map((device) =>
    one.answer({ good: 'yes' }, { device, by: 'reception', as: 'staff' }),
  )
  expect(tally([answersOf('staff', staff)]).answered).toBe(1)
})

test('[SU2] an answer that was taken back counts no more, and without any there is nothing', () => {
  const one = factMaker('12')
  const answer = one.answer({ good: 'yes' })
  expect(answersOf('12', [answer])?.given).toHaveLength(1)
  expect(answersOf('12', [answer, one.undo(answer)])).toBeNull()
  expect(answersOf('12', [])).toBeNull()
})

test('[SU3] what came too early or too late does not count, by when it was given and not by when it arrived', () => {
  const timed = surveyDoc({ opensAt: atMinute(10), closesAt: atMinute(20) })
  const at = (minute: number) => answersOf('12', [factMaker('12').answer({ good: 'yes' }, { at: atMinute(minute) })])
  expect([9, 10, 19, 20].map((minute) => tally([at(minute)], timed).answered)).toEqual([0, 1, 1, 0])
})

test('[SU4] only those count whom it asks', () => {
  const answers = ['12', '13'].map((team) => answersOf(team, [factMaker(team).answer({ good: 'yes' })]))
  expect(tally(answers, surveyDoc({ audience: { classes: ['a'] } })).answered).toBe(1)
  expect(tally(answers, surveyDoc({ audience: { teams: ['13', '14'] } })).answered).toBe(1)
  expect(tally(answers, surveyDoc({ audience: { roles: ['staff'] } })).answered).toBe(0)
})

test('[SU5] every kind is counted; what a question does not offer is passed over', () => {
  const answers = [
    { good: 'yes', liked: ['course', 'food', 'course'], stars: 5, words: 'fine' },
    { good: 'perhaps', liked: ['weather'], stars: 2, words: '  ', unknown: 'x' },
  ]
  const docs = answers.map((one, n) => answersOf(`${n}`, [factMaker(`${n}`).answer(one)]))
  expect(tally(docs).questions).toEqual([
    { id: 'good', answered: 1, counts: { yes: 1, no: 0 } },
    { id: 'liked', answered: 1, counts: { course: 1, food: 1 } },
    { id: 'stars', answered: 2, counts: { 1: 0, 2: 1, 3: 0, 4: 0, 5: 1 } },
    { id: 'words', answered: 1, counts: {} },
  ])
})

test('[SU6] required questions that are unanswered are named', () => {
  expect(missingAnswers(survey, {})).toEqual(['good'])
  expect(missingAnswers(survey, { good: 'maybe' })).toEqual(['good'])
  expect(missingAnswers(survey, { good: 'no' })).toEqual([])
  expect(isAnswered(survey.questions[3]!, ' \n')).toBe(false)
})

test('[SU7] the order of answers tells neither team nor time', () => {
  const docs = ['12', '13', '14', '15'].map((team) => answersOf(team, [factMaker(team).answer({ good: 'yes' })]))
  const counted = countedAnswers(survey, of(docs), classesOf)
  expect(counted.map(({ tag }) => tag)).toEqual(counted.map(({ tag }) => tag).sort())
  expect(countedAnswers(survey, of(docs).reverse(), classesOf)).toEqual(counted)
})

test('[SU13] participants answer by default, staff once their menus have surveys, and it is known whom a survey asks in vain', () => {
  const staff = ['staff', 'core', 'corner', 'judge'] as const
  expect(rolesNotShown({ roles: ['participant', 'agent'] }, defaultMasks)).toEqual([])
  expect(rolesNotShown({ classes: ['a'] }, defaultMasks)).toEqual([])
  expect(rolesNotShown({}, defaultMasks)).toEqual(staff)
  expect(rolesNotShown({ roles: [...staff, 'admin'] }, defaultMasks)).toEqual(staff)
  const given = { ...defaultMasks, staff: 757 | menuBits.survey, participant: 255 & ~menuBits.survey }
  expect(rolesNotShown({}, given)).toEqual(['participant', 'core', 'corner', 'judge'])
  expect(rolesNotShown({ teams: ['12'] }, given)).toEqual(['participant'])
})
