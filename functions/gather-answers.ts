import { answersId } from '../design-docs/ids.ts'
import { defineFunction, desk, putOrRemove } from './define.ts'
import { answersOf } from './rules/surveys.ts'

const staff = 'staff'

/** Keeps, for each team and for the staff, what they answer to surveys as it stands; `count-answers` counts it. */
export const gatherAnswers = defineFunction({
  name: 'gather-answers',
  on: { log: ['answer', 'void'] },
  key: (doc) => doc.team ?? staff,
  owns: (place, id) => (place === 'desk' && id.startsWith('answers:') ? id.slice('answers:'.length) : null),
  async handle(subjects, ctx) {
    const facts = await ctx.factsOf(subjects)
    return subjects.map((subject) =>
      putOrRemove(desk, answersId(subject), answersOf(subject, facts.get(subject) ?? [])),
    )
  },
})
