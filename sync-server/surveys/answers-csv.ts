import type { GivenAnswers, Question, SurveyDoc } from '../../design-docs/surveys.ts'
import { isAnswered } from '../../functions/rules/surveys.ts'
import { type Cell, writeCsv } from '../results/write-csv.ts'

type Language = 'ja' | 'en'
const separator = { ja: '、', en: '; ' } as const

/** One line for each who answered, without who it was or when, and a column for each question. */
export function answersCsv(survey: SurveyDoc, counted: readonly GivenAnswers[], language: Language): string {
  const said = (words: { ja: string; en: string }) => words[language] || words.ja || words.en
  const head = ['#', ...survey.questions.map(({ label }) => said(label))]
  const cell = (question: Question, answer: GivenAnswers['answers'][string] | undefined): Cell => {
    if (answer === undefined || !isAnswered(question, answer)) return ''
    if (question.kind === 'scale') return Number(answer)
    if (question.kind === 'text') return String(answer)
    const chosen = Array.isArray(answer) ? answer : [String(answer)]
    const labels = question.choices.filter(({ id }) => chosen.includes(id)).map(({ label }) => said(label))
    return labels.join(separator[language])
  }
  const rows = counted.map(({ answers }, index) => [
    index + 1,
    ...survey.questions.map((question) => cell(question, answers[question.id])),
  ])
  return writeCsv([head, ...rows])
}
