import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { type Corrected, type CorrectionProblem, newMemberId, toKatakana } from './corrections.ts'

type NameFieldsProps<T extends Corrected> = {
  title: string
  value: T
  problems: ReadonlyMap<string, CorrectionProblem>
  onChange: (next: T) => void
}

/** Team name, reading and members, each with what is wrong beside it. */
export function NameFields<T extends Corrected>({ title, value: next, problems, onChange }: NameFieldsProps<T>) {
  const t = words.value.reception
  const text = (label: string, key: string, value: string, change: (value: string) => void) => {
    const problem = problems.get(key)
    return (
      <Field label={label} {...(problem ? { problem: problemText(problem) } : {})}>
        {(ids) => (
          <input {...ids} value={value} maxLength={120} onInput={(event) => change(event.currentTarget.value)} />
        )}
      </Field>
    )
  }
  const member = (id: string, changed: { name?: string; kana?: string }) =>
    onChange({ ...next, members: next.members.map((one) => (one.id === id ? { ...one, ...changed } : one)) })
  return (
    <>
      <section class="sheet stack">
        <h2>{title}</h2>
        {text(t.teamName, 'name', next.name, (name) => onChange({ ...next, name }))}
        {text(t.teamKana, 'kana', next.kana, (kana) => onChange({ ...next, kana: toKatakana(kana) }))}
      </section>
      {next.members.map(({ id, name, kana }, i) => (
        <section class="sheet stack" key={id}>
          {text(t.memberName(i + 1), id, name, (value) => member(id, { name: value }))}
          {text(t.memberKana(i + 1), `${id}.kana`, kana ?? '', (value) => member(id, { kana: toKatakana(value) }))}
          <Button
            kind="bare"
            onClick={() => onChange({ ...next, members: next.members.filter((one) => one.id !== id) })}
          >
            {t.remove(name)}
          </Button>
        </section>
      ))}
      {problems.has('members') ? (
        <p class="notice no" role="alert">
          {t.tooMany}
        </p>
      ) : null}
      <Button
        wide
        onClick={() => onChange({ ...next, members: [...next.members, { id: newMemberId(next.members), name: '' }] })}
      >
        {t.add}
      </Button>
    </>
  )
}

function problemText(problem: CorrectionProblem): string {
  const t = words.value.reception
  return { 'name-needed': t.nameNeeded, 'kana-wrong': t.kanaWrong, 'too-many': t.tooMany }[problem]
}
