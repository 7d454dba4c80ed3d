import type { Question } from '../../../design-docs/surveys.ts'
import { said } from '../../i18n/dictionary.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Tick } from '../../ui/tick.tsx'
import { type BadFields, problemOf } from '../bad-fields.ts'
import { freeId } from '../pages/new-page.ts'
import { TextField } from '../setup/inputs.tsx'
import { Pick } from '../setup/pick.tsx'
import { asKind, choicesOf } from './new-survey.ts'
import { words } from './survey-words.ts'

type Props = { questions: readonly Question[]; bad: BadFields; onChange: (questions: Question[]) => void }

/** The questions of a survey. */
export function QuestionsPart({ questions, bad, onChange }: Props) {
  const t = words.value
  const change = (index: number, next: Question) => onChange(questions.map((one, n) => (n === index ? next : one)))
  return (
    <section class="stack">
      <h2>{t.questions}</h2>
      {questions.map((question, index) => {
        const n = index + 1
        const name = said(question.label) || t.question(n)
        const label = (language: 'ja' | 'en', text: string) =>
          change(index, { ...question, label: { ...question.label, [language]: text } })
        return (
          <fieldset key={question.id} class="part">
            <legend>{t.question(n)}</legend>
            <div class="form-grid">
              <TextField
                label={t.labelJa(n)}
                value={question.label.ja}
                maxLength={300}
                onChange={(text) => label('ja', text)}
                problem={problemOf(bad, `questions.${index}.label`)}
              />
              <TextField
                label={t.labelEn(n)}
                value={question.label.en}
                maxLength={300}
                onChange={(text) => label('en', text)}
              />
              <Pick
                label={t.kind(n)}
                value={question.kind}
                of={t.kinds}
                onChange={(kind) => change(index, asKind(question, kind))}
              />
              <Detail n={n} question={question} bad={bad} onChange={(next) => change(index, next)} />
            </div>
            <Tick checked={question.required} onChange={(required) => change(index, { ...question, required })}>
              {t.required(n)}
            </Tick>
            {questions.length > 1 ? (
              <Button kind="bare" onClick={() => onChange(questions.filter((_, at) => at !== index))}>
                {t.removePart(name)}
              </Button>
            ) : null}
          </fieldset>
        )
      })}
      <div>
        <Button
          onClick={() => {
            const made = { id: freeId(questions, 'q'), label: { ja: '', en: '' }, required: false }
            onChange([...questions, asKind(made, 'one')])
          }}
        >
          {t.addQuestion}
        </Button>
      </div>
    </section>
  )
}

type DetailProps = { n: number; question: Question; bad: BadFields; onChange: (question: Question) => void }

/** What the kind of a question asks for: its choices, or what the ends of its scale mean. */
function Detail({ n, question, bad, onChange }: DetailProps) {
  const t = words.value
  if (question.kind === 'text') return null
  if (question.kind === 'scale') {
    const end = (which: 'low' | 'high', language: 'ja' | 'en', label: string) => (
      <TextField
        label={label}
        value={question[which]?.[language] ?? ''}
        maxLength={300}
        onChange={(text) =>
          onChange({ ...question, [which]: { ...(question[which] ?? { ja: '', en: '' }), [language]: text } })
        }
      />
    )
    return (
      <>
        {end('low', 'ja', t.low(n))}
        {end('low', 'en', t.lowEn(n))}
        {end('high', 'ja', t.high(n))}
        {end('high', 'en', t.highEn(n))}
      </>
    )
  }
  const lines = {
    ja: question.choices.map(({ label }) => label.ja).join('\n'),
    en: question.choices.map(({ label }) => label.en).join('\n'),
  }
  const problem = problemOf(bad, `questions.${n - 1}.choices`)
  const list = (language: 'ja' | 'en', label: string) => (
    <Field label={label} {...(problem === undefined ? {} : { problem })}>
      {(ids) => (
        <textarea
          {...ids}
          rows={4}
          value={lines[language]}
          onInput={(event) => {
            const choices = choicesOf(question.choices, { ...lines, [language]: event.currentTarget.value })
            onChange({ ...question, choices })
          }}
        />
      )}
    </Field>
  )
  return (
    <>
      {list('ja', t.choicesJa(n))}
      {list('en', t.choicesEn(n))}
    </>
  )
}
