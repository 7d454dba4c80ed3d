import type { AnswersDoc, SurveyDoc } from '../design-docs/surveys.ts'
import { defineFunction, desk, type Effect, put } from './define.ts'
import { countedAnswers, tallyOf } from './rules/surveys.ts'

const all = 'surveys'

/** Counts what was answered to each survey, from all answers anew: a count that is added to goes wrong once and for ever. */
export const countAnswers = defineFunction({
  name: 'count-answers',
  on: { desk: ['survey', 'answers', 'team'] },
  key: () => all,
  owns: (place, id) => (place === 'desk' && id.startsWith('tally:') ? all : null),
  paceMs: 1000,
  async handle(_keys, ctx) {
    const read = async <T>(prefix: string) => [...(await ctx.deskDocs(await ctx.deskIds(prefix))).values()] as T[]
    const surveys = await read<SurveyDoc>('survey:')
    const answers = await read<AnswersDoc>('answers:')
    const cards = await ctx.allCards()
    const classesOf = (team: string) => cards.get(team)?.classIds ?? []
    const tallies = surveys.map((survey) => tallyOf(survey, countedAnswers(survey, answers, classesOf)))
    const standing = new Set(tallies.map(({ _id }) => _id))
    const gone = (await ctx.deskIds('tally:')).filter((id) => !standing.has(id))
    return [...tallies.map((tally) => put(desk, tally)), ...gone.map((id): Effect => ({ do: 'remove', at: desk, id }))]
  },
})
