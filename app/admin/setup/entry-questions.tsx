import type { EntryField } from '../../../design-docs/entry.ts'
import { Button } from '../../ui/button.tsx'
import { Tick } from '../../ui/tick.tsx'
import { words } from './entry-part-words.ts'
import { NumberField, TextField } from './inputs.tsx'
import { nextId } from './next-id.ts'
import { Pick } from './pick.tsx'

type Problem = (field: string) => string | undefined
type Props = { fields: readonly EntryField[]; problem: Problem; onChange: (fields: EntryField[]) => void }

const empty = { ja: '', en: '' }

/** The organizers' own questions. */
export function EntryQuestions({ fields, problem, onChange }: Props) {
  const t = words.value
  const add = () =>
    onChange([...fields, { id: nextId('q', fields), of: 'entry', kind: 'text', label: empty, required: false }])
  /** The question takes its button along, and the button the focus that moving costs it. */
  const move = (at: number, by: -1 | 1, button: HTMLElement) => {
    onChange(fields.toSpliced(at, 1).toSpliced(at + by, 0, ...fields.slice(at, at + 1)))
    const others = button.parentElement
    requestAnimationFrame(() =>
      (button.matches(':enabled') ? button : others?.querySelector<HTMLElement>('button:enabled'))?.focus(),
    )
  }
  return (
    <>
      <h2>{t.questions}</h2>
      {fields.map((field, n) => (
        <fieldset class="plan-fields class-form" key={field.id}>
          <legend>{t.question(n + 1)}</legend>
          <Question
            field={field}
            problem={(path) => problem(`fields.${n}.${path}`)}
            onChange={(changed) => onChange(fields.map((one, at) => (at === n ? changed : one)))}
          />
          <div class="form-end">
            <Button kind="bare" disabled={n === 0} onClick={(event) => move(n, -1, event.currentTarget)}>
              {t.questionUp(n + 1)}
            </Button>
            <Button kind="bare" disabled={n === fields.length - 1} onClick={(event) => move(n, 1, event.currentTarget)}>
              {t.questionDown(n + 1)}
            </Button>
            <Button kind="bare" onClick={() => onChange(fields.filter((_, at) => at !== n))}>
              {t.removeQuestion(n + 1)}
            </Button>
          </div>
        </fieldset>
      ))}
      <div>
        <Button onClick={add}>{t.addQuestion}</Button>
      </div>
    </>
  )
}

type QuestionProps = { field: EntryField; problem: Problem; onChange: (field: EntryField) => void }

function Question({ field, problem, onChange }: QuestionProps) {
  const t = words.value
  const set = (part: Partial<EntryField>) => onChange({ ...field, ...part })
  const chosen = field.kind === 'choice' || field.kind === 'choices'
  const explain = (part: Partial<EntryField['label']>) => {
    const hint = { ...empty, ...field.hint, ...part }
    set({ hint: hint.ja || hint.en ? hint : undefined })
  }
  const ofKind = (kind: EntryField['kind']) => {
    const { choices = [{ id: 'c1', label: empty }], min, max, ...rest } = { ...field, kind }
    if (kind === 'choice' || kind === 'choices') return onChange({ ...rest, choices })
    onChange(kind === 'number' ? { ...rest, min, max } : rest)
  }
  return (
    <>
      <div class="form-grid">
        <TextField
          label={t.labelJa}
          value={field.label.ja}
          onChange={(ja) => set({ label: { ...field.label, ja } })}
          problem={problem('label.ja')}
        />
        <TextField
          label={t.labelEn}
          value={field.label.en}
          onChange={(en) => set({ label: { ...field.label, en } })}
          problem={problem('label.en')}
        />
        <TextField
          label={t.hintJa}
          hint={t.hintHint}
          value={field.hint?.ja ?? ''}
          onChange={(ja) => explain({ ja })}
          problem={problem('hint.ja')}
        />
        <TextField
          label={t.hintEn}
          value={field.hint?.en ?? ''}
          onChange={(en) => explain({ en })}
          problem={problem('hint.en')}
        />
        <Pick label={t.of} value={field.of} of={t.ofs} onChange={(of) => set({ of })} />
        <Pick label={t.kind} value={field.kind} of={t.kinds} onChange={ofKind} />
        {field.kind === 'number' ? (
          <>
            <NumberField label={t.min} value={field.min} onChange={(min) => set({ min })} problem={problem('min')} />
            <NumberField label={t.max} value={field.max} onChange={(max) => set({ max })} problem={problem('max')} />
          </>
        ) : null}
      </div>
      {chosen ? <Choices choices={field.choices ?? []} onChange={(choices) => set({ choices })} /> : null}
      <Tick checked={field.required} onChange={(required) => set({ required })}>
        {t.required}
      </Tick>
    </>
  )
}

type Choice = NonNullable<EntryField['choices']>[number]
type ChoicesProps = { choices: readonly Choice[]; onChange: (choices: Choice[]) => void }

function Choices({ choices, onChange }: ChoicesProps) {
  const t = words.value
  const set = (at: number, label: Choice['label']) =>
    onChange(choices.map((one, n) => (n === at ? { ...one, label } : one)))
  return (
    <fieldset class="plan-fields">
      <legend>{t.choices}</legend>
      {choices.map(({ id, label }, n) => (
        <div class="form-grid choice-row" key={id}>
          <TextField label={t.choiceJa(n + 1)} value={label.ja} onChange={(ja) => set(n, { ...label, ja })} />
          <TextField label={t.choiceEn(n + 1)} value={label.en} onChange={(en) => set(n, { ...label, en })} />
          {choices.length > 1 ? (
            <Button kind="bare" onClick={() => onChange(choices.filter((one) => one.id !== id))}>
              {t.removeChoice(n + 1)}
            </Button>
          ) : null}
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...choices, { id: nextId('c', choices), label: empty }])}>
          {t.addChoice}
        </Button>
      </div>
    </fieldset>
  )
}
