import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { surveyId, tallyId } from '../../design-docs/ids.ts'
import {
  type AnswersDoc,
  answersDoc,
  type GivenAnswers,
  type SurveyDoc,
  survey as surveySchema,
  type TallyDoc,
  tally as tallySchema,
} from '../../design-docs/surveys.ts'
import { countedAnswers } from '../../functions/rules/surveys.ts'
import type { Couch } from '../couch/client.ts'
import type { DeskView } from '../results/desk-view.ts'

export type OfSurvey = { event: string; survey: string }
export const deskOf = (couch: Couch, event: string) => couch.database(databaseName(event, 'desk'))

async function readAll(couch: Couch, event: string, prefix: string): Promise<unknown[]> {
  const range = { startkey: `${prefix}:`, endkey: `${prefix};`, includeDocs: true }
  return (await deskOf(couch, event).all(range)).flatMap(({ doc }) => (doc ? [doc] : []))
}

/** Every survey with how many have answered it, the newest id last. */
export async function readSurveys(couch: Couch, event: string): Promise<{ survey: SurveyDoc; answered: number }[]> {
  const [surveys, tallies] = await Promise.all([readAll(couch, event, 'survey'), readAll(couch, event, 'tally')])
  const answered = new Map(tallies.map((doc) => tallySchema.parse(doc)).map((one) => [one.survey, one.answered]))
  return surveys
    .map((doc) => surveySchema.parse(doc))
    .map((survey) => ({ survey, answered: answered.get(survey._id.slice('survey:'.length)) ?? 0 }))
}

export async function readSurvey(couch: Couch, of: OfSurvey): Promise<SurveyDoc | null> {
  const found = await deskOf(couch, of.event).get(surveyId(of.survey))
  return found ? surveySchema.parse(found) : null
}

export async function readTally(couch: Couch, of: OfSurvey): Promise<TallyDoc | null> {
  const found = await deskOf(couch, of.event).get(tallyId(of.survey))
  return found ? tallySchema.parse(found) : null
}

/** A survey with the answers that count, in an order that tells nothing; ZK-PLAN-004 when there is none. */
export async function readAnswers(
  couch: Couch,
  of: OfSurvey,
  view: Pick<DeskView, 'cards'>,
): Promise<{ survey: SurveyDoc; counted: GivenAnswers[] }> {
  const survey = await readSurvey(couch, of)
  if (!survey) throw new AppError('ZK-PLAN-004', { figures: { survey: of.survey } })
  const answers: AnswersDoc[] = (await readAll(couch, of.event, 'answers')).map((doc) => answersDoc.parse(doc))
  const classesOf = (team: string) => view.cards.get(team)?.classIds ?? []
  return { survey, counted: countedAnswers(survey, answers, classesOf) }
}
