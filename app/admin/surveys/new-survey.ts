import type { Question, QuestionKind, SurveyDoc } from '../../../design-docs/surveys.ts'

/** A survey that nobody has saved yet. */
export function newSurvey(event: string, taken: readonly SurveyDoc[]): SurveyDoc {
  const ids = new Set(taken.map(({ _id }) => _id))
  let n = taken.length + 1
  while (ids.has(`survey:survey-${n}`)) n++
  return {
    _id: `survey:survey-${n}`,
    type: 'survey',
    event,
    title: { ja: '大会アンケート', en: 'Survey' },
    body: { ja: '', en: '' },
    state: 'hidden',
    questions: [asKind({ id: 'q-1', label: { ja: '', en: '' }, required: false }, 'scale')],
    audience: { roles: ['participant', 'agent'] },
  }
}

/** The same question, to be answered in another way; choices are kept from one kind of choosing to the other. */
export function asKind(before: Pick<Question, 'id' | 'label' | 'required'> | Question, kind: QuestionKind): Question {
  const { id, label, required } = before
  const asked = { id, label, required }
  if (kind === 'scale' || kind === 'text') return { ...asked, kind }
  const choices = 'choices' in before ? before.choices : choicesOf([], { ja: 'はい\nいいえ', en: 'Yes\nNo' })
  return { ...asked, kind, choices }
}

type Choices = Extract<Question, { kind: 'one' }>['choices']

/** Choices from lists of lines. One keeps its id while its words stay, so that answers to it go on counting. */
export function choicesOf(before: Choices, lines: { ja: string; en: string }): Choices {
  const [ja, en] = [lines.ja.split('\n'), lines.en.split('\n')]
  const count = Math.max(ja.length, en.length)
  const used = new Set<string>()
  const wanted = Array.from({ length: count }, (_, n) => ({ ja: ja[n] ?? '', en: en[n] ?? '' }))
  const same = wanted.map((label) => {
    const found = before.find(
      (one) => !used.has(one.id) && (label.ja ? one.label.ja === label.ja : one.label.en === label.en),
    )
    if (found) used.add(found.id)
    return found?.id
  })
  return wanted.map((label, n) => {
    const id = same[n] ?? (before[n] && !used.has(before[n].id) ? before[n].id : freeChoice(used, before))
    used.add(id)
    return { id, label }
  })
}

/** As it is saved: without the lines that were left empty, and without the spaces around words. */
export const tidied = (survey: SurveyDoc): SurveyDoc => ({
  ...survey,
  questions: survey.questions.map((question) => {
    if (question.kind !== 'one' && question.kind !== 'many') return question
    const choices = question.choices.map(({ id, label }) => ({
      id,
      label: { ja: label.ja.trim(), en: label.en.trim() },
    }))
    const filled = choices.filter(({ label }) => label.ja || label.en)
    return { ...question, choices: filled.length > 0 ? filled : choices.slice(0, 1) }
  }),
})

function freeChoice(used: ReadonlySet<string>, before: Choices): string {
  for (let n = 1; ; n++) if (!used.has(`c-${n}`) && !before.some(({ id }) => id === `c-${n}`)) return `c-${n}`
}
