import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { pageSlug } from '../../design-docs/pages.ts'
import { eventCode } from '../../design-docs/primitives.ts'
import { surveyList, surveyResults, survey as surveySchema } from '../../design-docs/surveys.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { ConsoleDeps } from '../results/console-deps.ts'
import { errorBody, jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { answersCsv } from './answers-csv.ts'
import { readAnswers, readSurveys, readTally } from './read-surveys.ts'
import { saveSurvey } from './save-survey.ts'

const ofEvent = z.object({ event: eventCode })
const ofSurvey = ofEvent.extend({ survey: pageSlug })
const tags = ['surveys']
/** What a screen can list; the file has all. */
const mostTexts = 500

/** Surveys, edited by admins, and what came of them, without who said it. */
export function surveyRoutes(deps: Pick<ConsoleDeps, 'couch' | 'desks' | 'now'>): OpenAPIHono<GuardedEnv> {
  const api = openApi('ZK-PLAN-002')
  const { couch } = deps

  const list = createRoute({
    method: 'get',
    path: '/events/{event}/surveys',
    tags,
    summary: 'Every survey, and how many have answered it',
    request: { params: ofEvent },
    responses: jsonAnswer(surveyList, 'Surveys'),
  })
  api.openapi(list, async (c) => {
    const surveys = await readSurveys(couch, c.req.valid('param').event)
    return c.json({ now: deps.now(), surveys }, 200)
  })

  const put = createRoute({
    method: 'put',
    path: '/events/{event}/surveys/{survey}',
    tags,
    summary: 'Save a survey; a new one has no revision',
    request: { params: ofSurvey, body: jsonBody(surveySchema) },
    responses: jsonAnswer(surveySchema, 'As saved'),
  })
  api.openapi(put, async (c) => c.json(await saveSurvey(couch, c.req.valid('param'), c.req.valid('json')), 200))

  const results = createRoute({
    method: 'get',
    path: '/events/{event}/surveys/{survey}/results',
    tags,
    summary: 'Counts of a survey and what people wrote',
    request: { params: ofSurvey },
    responses: jsonAnswer(surveyResults, 'Results'),
  })
  api.openapi(results, async (c) => {
    const of = c.req.valid('param')
    const { view } = await deps.desks.of(of.event)
    const [{ survey, counted }, tally] = await Promise.all([readAnswers(couch, of, view), readTally(couch, of)])
    const written = survey.questions.filter(({ kind }) => kind === 'text')
    const texts = written.map(({ id }) => [id, textsOf(id, counted).slice(0, mostTexts)])
    return c.json({ survey, tally, texts: Object.fromEntries(texts) }, 200)
  })

  const csv = createRoute({
    method: 'get',
    path: '/events/{event}/surveys/{survey}/answers.csv',
    tags,
    summary: 'All answers as CSV, UTF-8',
    request: { params: ofSurvey, query: z.object({ language: z.enum(['ja', 'en']).default('ja') }) },
    responses: {
      200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
      default: { description: 'What went wrong, by code', content: { 'application/json': { schema: errorBody } } },
    },
  })
  api.openapi(csv, async (c) => {
    const of = c.req.valid('param')
    const { view } = await deps.desks.of(of.event)
    const { survey, counted } = await readAnswers(couch, of, view)
    const text = answersCsv(survey, counted, c.req.valid('query').language)
    const name = `${of.event}-${of.survey}.csv`
    return c.body(text, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    })
  })
  return api
}

const textsOf = (question: string, counted: readonly { answers: Record<string, unknown> }[]): string[] =>
  counted
    .map(({ answers }) => answers[question])
    .filter((one): one is string => typeof one === 'string' && one.trim() !== '')
