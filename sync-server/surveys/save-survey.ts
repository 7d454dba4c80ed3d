import { AppError, type BadField } from '../../design-docs/errors.ts'
import { surveyId } from '../../design-docs/ids.ts'
import type { SurveyDoc } from '../../design-docs/surveys.ts'
import type { Couch } from '../couch/client.ts'
import { deskOf, type OfSurvey, readSurvey } from './read-surveys.ts'

/** Saves a survey, a new one without `_rev`; clashes and bad fields as for the rest of the plan. */
export async function saveSurvey(couch: Couch, of: OfSurvey, wanted: SurveyDoc): Promise<SurveyDoc> {
  const current = await readSurvey(couch, of)
  if (wanted._rev !== current?._rev) throw new AppError('ZK-PLAN-001', { figures: { theirs: current } })
  refuseBadSurvey(of, wanted)
  const rev = await deskOf(couch, of.event).put(wanted)
  if (rev === null) throw new AppError('ZK-PLAN-001', { figures: { theirs: await readSurvey(couch, of) } })
  return { ...wanted, _rev: rev }
}

function refuseBadSurvey({ event, survey }: OfSurvey, wanted: SurveyDoc): void {
  const { opensAt, closesAt, questions, title } = wanted
  const fields: BadField[] = []
  if (wanted.event !== event || wanted._id !== surveyId(survey)) fields.push({ field: '_id', problem: 'another' })
  if (isBlank(title)) fields.push({ field: 'title', problem: 'missing' })
  if (opensAt !== undefined && closesAt !== undefined && closesAt <= opensAt)
    fields.push({ field: 'closesAt', problem: 'before-start' })
  fields.push(...twice(questions, 'questions'))
  questions.forEach((question, index) => {
    const field = `questions.${index}`
    if (isBlank(question.label)) fields.push({ field: `${field}.label`, problem: 'missing' })
    if (question.kind !== 'one' && question.kind !== 'many') return
    fields.push(...twice(question.choices, `${field}.choices`))
    question.choices.forEach(({ label }, n) => {
      if (isBlank(label)) fields.push({ field: `${field}.choices.${n}.label`, problem: 'missing' })
    })
  })
  if (fields.length > 0) throw new AppError('ZK-PLAN-002', { figures: { fields } })
}

const isBlank = ({ ja, en }: { ja: string; en: string }) => !ja.trim() && !en.trim()

const twice = (parts: readonly { id: string }[], name: string): BadField[] =>
  parts.flatMap(({ id }, index) =>
    parts.findIndex((other) => other.id === id) < index
      ? [{ field: `${name}.${index}.id`, problem: 'twice' as const }]
      : [],
  )
