import { useRef, useState } from 'preact/hooks'
import type { SurveyDoc } from '../../design-docs/surveys.ts'
import { type Answers, missingAnswers } from '../../functions/rules/surveys.ts'
import { Button } from '../ui/button.tsx'
import { QuestionField } from './question-field.tsx'
import { surveyWords } from './survey-words.ts'

type Props = {
  survey: Pick<SurveyDoc, 'questions'>
  start: Answers
  onChange?: (answers: Answers) => void
  onSend: (answers: Answers) => void
  onCancel?: (() => void) | undefined
}

/** The questions in their order; what is required and missing is said beside each, and the first is gone to. */
export function SurveyForm({ survey, start, onChange, onSend, onCancel }: Props) {
  const t = surveyWords.value
  const form = useRef<HTMLFormElement>(null)
  const [answers, setAnswers] = useState<Answers>(start)
  const [tried, setTried] = useState(false)
  const missing = tried ? missingAnswers(survey, answers) : []
  const answer = (id: string, given: Answers[string] | undefined) => {
    const { [id]: _, ...rest } = answers
    const next = given === undefined ? rest : { ...rest, [id]: given }
    setAnswers(next)
    onChange?.(next)
  }
  const send = () => {
    setTried(true)
    const [first] = missingAnswers(survey, answers)
    if (first === undefined) return onSend(answers)
    const place = survey.questions.findIndex(({ id }) => id === first)
    form.current?.querySelectorAll('fieldset')[place]?.querySelector<HTMLElement>('input, textarea')?.focus()
  }
  return (
    <form
      ref={form}
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {survey.questions.map((question) => (
        <QuestionField
          key={question.id}
          question={question}
          answer={answers[question.id]}
          onAnswer={(given) => answer(question.id, given)}
          problem={missing.includes(question.id) ? t.requiredMissing : undefined}
        />
      ))}
      {missing.length > 0 ? (
        <p class="problem" role="status">
          {t.someMissing(missing.length)}
        </p>
      ) : null}
      <Button kind="main" type="submit">
        {t.send}
      </Button>
      {onCancel ? (
        <Button kind="bare" wide onClick={onCancel}>
          {t.cancel}
        </Button>
      ) : null}
    </form>
  )
}
