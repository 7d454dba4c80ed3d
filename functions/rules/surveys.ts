import type { AnswerFact, Audience, Fact, FactOf } from '../../design-docs/facts.ts'
import { answersId, tallyId } from '../../design-docs/ids.ts'
import { type MenuMasks, mayOpen } from '../../design-docs/menus.ts'
import type { Role } from '../../design-docs/primitives.ts'
import type { AnswersDoc, GivenAnswers, Question, SurveyDoc, TallyDoc } from '../../design-docs/surveys.ts'
import { isAddressed } from './notices.ts'
import { mayVoid } from './void-facts.ts'

export type Answer = AnswerFact['answers'][string]
export type Answers = Readonly<Record<string, Answer>>
type Span = Pick<SurveyDoc, 'opensAt' | 'closesAt'>

export function surveyState({ opensAt, closesAt }: Span, atMs: number): 'waiting' | 'open' | 'over' {
  if (closesAt !== undefined && closesAt <= atMs) return 'over'
  return opensAt !== undefined && opensAt > atMs ? 'waiting' : 'open'
}

/** Whether something was said to a question that it allows; nothing chosen and blank words are no answer. */
export function isAnswered(question: Question, answer: Answer | undefined): boolean {
  switch (question.kind) {
    case 'one':
      return question.choices.some(({ id }) => id === answer)
    case 'many':
      return Array.isArray(answer) && question.choices.some(({ id }) => answer.includes(id))
    case 'scale':
      return typeof answer === 'number'
    case 'text':
      return typeof answer === 'string' && answer.trim() !== ''
  }
}

/** Ids of the questions that have to be answered and are not. */
export const missingAnswers = ({ questions }: Pick<SurveyDoc, 'questions'>, answers: Answers): string[] =>
  questions.filter((one) => one.required && !isAnswered(one, answers[one.id])).map(({ id }) => id)

/** A team's phone answers for its people, so each counts for itself; staff, who share phones, answer as persons. */
const answererOf = ({ team, by, device, as }: AnswerFact) =>
  as === 'participant' || as === 'agent' ? `${team} ${device}` : by

const randomPartOf = (factId: string) => factId.slice(-16)

/** What a subject's facts say to all surveys, the latest of each answerer; null when there is nothing. */
export function answersOf(subject: string, facts: readonly Fact[]): AnswersDoc | null {
  const voids = facts.filter((fact): fact is FactOf<'void'> => fact.type === 'void')
  const given = facts
    .filter((fact): fact is AnswerFact => fact.type === 'answer')
    .filter((fact) => !voids.some((one) => one.fact === fact._id && mayVoid(one, fact)))
    .sort((one, other) => one.at - other.at || (one._id < other._id ? -1 : 1))
  const latest = new Map(given.map((fact) => [`${fact.survey} ${answererOf(fact)}`, fact]))
  const [first] = latest.values()
  if (!first) return null
  return {
    _id: answersId(subject),
    type: 'answers',
    event: first.event,
    ...(subject === 'staff' ? {} : { team: subject }),
    given: [...latest.values()].map(({ _id, survey, at, as, answers }) => ({
      survey,
      tag: randomPartOf(_id),
      at,
      as,
      answers,
    })),
  }
}

const asked = ['participant', 'agent', 'staff', 'core', 'corner', 'judge'] as const

/** Whom a survey is for though their menus hold none: nobody of them is shown it. Classes and teams are participants'. */
export function rolesNotShown({ roles, classes, teams }: Audience, masks: MenuMasks): Role[] {
  const isOfTeams = classes !== undefined || teams !== undefined
  const wanted = asked.filter((role) => (roles ? roles.includes(role) : true))
  const meant = isOfTeams ? wanted.filter((role) => role === 'participant' || role === 'agent') : wanted
  return meant.filter((role) => !mayOpen(masks[role], 'survey'))
}

/** The classes of a team, for surveys that ask certain classes alone. */
export type ClassesOf = (team: string) => readonly string[]

/** The answers that count for a survey: given in its time by those it asks, in an order that tells nothing. */
export function countedAnswers(survey: SurveyDoc, all: readonly AnswersDoc[], classesOf: ClassesOf): GivenAnswers[] {
  const slug = survey._id.slice('survey:'.length)
  return all
    .flatMap(({ team, given }) => {
      const teams = team === undefined ? [] : [{ number: team, classIds: classesOf(team) }]
      return given.filter(
        (one) =>
          one.survey === slug &&
          surveyState(survey, one.at) === 'open' &&
          isAddressed(survey.audience, { role: one.as, teams }),
      )
    })
    .sort((one, other) => (one.tag < other.tag ? -1 : 1))
}

/** Counts the answers to each question anew. What a question does not offer any more is passed over. */
export function tallyOf(survey: SurveyDoc, counted: readonly GivenAnswers[]): TallyDoc {
  const slug = survey._id.slice('survey:'.length)
  const questions = survey.questions.map((question) => {
    const answers = counted.map(({ answers }) => answers[question.id]).filter((one) => isAnswered(question, one))
    return { id: question.id, answered: answers.length, counts: countsOf(question, answers) }
  })
  return { _id: tallyId(slug), type: 'tally', event: survey.event, survey: slug, answered: counted.length, questions }
}

function countsOf(question: Question, answers: readonly (Answer | undefined)[]): Record<string, number> {
  if (question.kind === 'text') return {}
  const offered = question.kind === 'scale' ? ['1', '2', '3', '4', '5'] : question.choices.map(({ id }) => id)
  const chosen = answers.flatMap((answer) => (Array.isArray(answer) ? [...new Set(answer)] : [String(answer)]))
  return Object.fromEntries(offered.map((id) => [id, chosen.filter((one) => one === id).length]))
}
