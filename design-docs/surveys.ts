import { z } from 'zod'
import { audience } from './facts.ts'
import { pageStates } from './pages.ts'
import { eventCode, instant, role, teamNumber } from './primitives.ts'

const line = z.strictObject({ ja: z.string().max(300), en: z.string().max(300) })
const text = z.strictObject({ ja: z.string().max(4000), en: z.string().max(4000) })
const partId = z.string().regex(/^[a-z0-9-]{1,30}$/)

const asked = { id: partId, label: line, required: z.boolean() }
const choices = z
  .array(z.strictObject({ id: partId, label: line }))
  .min(1)
  .max(30)

/** One choice, several, a figure from 1 to 5, or words. */
export const question = z.discriminatedUnion('kind', [
  z.strictObject({ ...asked, kind: z.literal('one'), choices }),
  z.strictObject({ ...asked, kind: z.literal('many'), choices }),
  z.strictObject({ ...asked, kind: z.literal('scale'), low: line.optional(), high: line.optional() }),
  z.strictObject({ ...asked, kind: z.literal('text') }),
])
export type Question = z.infer<typeof question>
export type QuestionKind = Question['kind']

/** What people are asked, in `desk`; on `board` while it is shown. Answers made from `opensAt` until `closesAt` count. */
export const survey = z.strictObject({
  _id: z.string().regex(/^survey:[a-z0-9-]{1,30}$/),
  _rev: z.string().optional(),
  type: z.literal('survey'),
  event: eventCode,
  title: line,
  /** Markdown. */
  body: text,
  state: z.enum(pageStates),
  questions: z.array(question).min(1).max(50),
  audience,
  opensAt: instant.optional(),
  closesAt: instant.optional(),
})
export type SurveyDoc = z.infer<typeof survey>

/** What one subject has answered, the latest of each of its phones; words and all, so it stays in `desk`. */
export const answersDoc = z.strictObject({
  _id: z.string().startsWith('answers:'),
  _rev: z.string().optional(),
  type: z.literal('answers'),
  event: eventCode,
  team: teamNumber.optional(),
  given: z.array(
    z.strictObject({
      survey: partId,
      /** The random part of the fact's id: an order that tells nothing of who answered when. */
      tag: z.string(),
      at: instant,
      as: role,
      answers: z.record(z.string(), z.union([z.string(), z.int(), z.array(z.string())])),
    }),
  ),
})
export type AnswersDoc = z.infer<typeof answersDoc>
export type GivenAnswers = AnswersDoc['given'][number]

/** How often each choice or figure was chosen; of words only how many. */
export const tally = z.strictObject({
  _id: z.string().startsWith('tally:'),
  _rev: z.string().optional(),
  type: z.literal('tally'),
  event: eventCode,
  survey: partId,
  answered: z.int(),
  questions: z.array(z.strictObject({ id: partId, answered: z.int(), counts: z.record(z.string(), z.int()) })),
})
export type TallyDoc = z.infer<typeof tally>

export const surveyList = z.strictObject({
  now: instant,
  surveys: z.array(z.strictObject({ survey, answered: z.int() })),
})

export type SurveyList = z.infer<typeof surveyList>

/** Words that people wrote, by question; at most the first `mostTexts` of them. */
export const surveyResults = z.strictObject({
  survey,
  tally: tally.nullable(),
  texts: z.record(z.string(), z.array(z.string())),
})
export type SurveyResults = z.infer<typeof surveyResults>
