import { useId } from 'preact/hooks'
import type { Question } from '../../design-docs/surveys.ts'
import type { Answer } from '../../functions/rules/surveys.ts'
import { said } from '../i18n/dictionary.ts'
import { surveyWords } from './survey-words.ts'
import './surveys.css'

type Props = {
  question: Question
  answer: Answer | undefined
  onAnswer: (answer: Answer | undefined) => void
  problem?: string | undefined
}
const mostCharacters = 1000
const figures = [1, 2, 3, 4, 5] as const

/** One question with the way to answer it. */
export function QuestionField({ question, answer, onAnswer, problem }: Props) {
  const t = surveyWords.value
  const id = useId()
  const about = `${id}-about`
  return (
    <fieldset class="question sheet" aria-describedby={about}>
      <legend>
        {said(question.label)} {question.required ? <span class="soft">{t.required}</span> : null}
      </legend>
      <div id={about}>
        {problem === undefined ? null : (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
      </div>
      <Way id={id} question={question} answer={answer} onAnswer={onAnswer} />
    </fieldset>
  )
}

function Way({ id, question, answer, onAnswer }: Omit<Props, 'problem'> & { id: string }) {
  const t = surveyWords.value
  if (question.kind === 'text') {
    const text = typeof answer === 'string' ? answer : ''
    return (
      <>
        <textarea
          aria-label={said(question.label)}
          rows={3}
          maxLength={mostCharacters}
          value={text}
          onInput={(event) => onAnswer(event.currentTarget.value || undefined)}
        />
        {text.length > mostCharacters - 200 ? <p class="soft">{t.left(mostCharacters - text.length)}</p> : null}
      </>
    )
  }
  if (question.kind === 'scale')
    return (
      <div class="scale">
        <span class="soft">{said(question.low ?? { ja: '', en: '' }) || t.low}</span>
        {figures.map((figure) => (
          <label key={figure}>
            <input
              type="radio"
              name={id}
              aria-label={t.scale(figure)}
              checked={answer === figure}
              onChange={() => onAnswer(figure)}
            />
            <b class="digits" aria-hidden="true">
              {figure}
            </b>
          </label>
        ))}
        <span class="soft">{said(question.high ?? { ja: '', en: '' }) || t.high}</span>
      </div>
    )
  const several = question.kind === 'many'
  const chosen = Array.isArray(answer) ? answer : typeof answer === 'string' ? [answer] : []
  const choose = (choice: string, on: boolean) => {
    if (!several) return onAnswer(choice)
    const next = on ? [...chosen, choice] : chosen.filter((one) => one !== choice)
    onAnswer(next.length > 0 ? next : undefined)
  }
  return (
    <>
      {question.choices.map((choice) => (
        <label key={choice.id} class="tick">
          <input
            type={several ? 'checkbox' : 'radio'}
            name={id}
            checked={chosen.includes(choice.id)}
            onChange={(event) => choose(choice.id, event.currentTarget.checked)}
          />
          <span class="grow">{said(choice.label)}</span>
        </label>
      ))}
    </>
  )
}
