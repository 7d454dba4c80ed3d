import { useState } from 'preact/hooks'
import type { Card } from '../../design-docs/derived.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { toast } from '../ui/toast.tsx'
import {
  type Corrected,
  type CorrectionProblem,
  correctionsOf,
  newMemberId,
  problemsOf,
  toKatakana,
} from './corrections.ts'
import { usePhone } from './phone.ts'

type CorrectionFormProps = { card: Card; onClose: () => void }

/** Team name, reading, members, and what others must know. Every changed field is a record of its own. */
export function CorrectionForm({ card, onClose }: CorrectionFormProps) {
  const { outbox } = usePhone().store
  const [next, setNext] = useState<Corrected>({
    name: card.name,
    kana: card.kana ?? '',
    attention: card.attention ?? '',
    members: card.members,
  })
  const [problems, setProblems] = useState<ReadonlyMap<string, CorrectionProblem>>(new Map())
  const t = words.value.reception
  const save = async () => {
    const found = problemsOf(next)
    setProblems(found)
    if (found.size > 0) return
    const drafts = correctionsOf(card, next)
    for (const draft of drafts) await outbox.append(draft)
    toast(drafts.length === 0 ? t.nothing : t.corrected)
    onClose()
  }
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
    setNext({ ...next, members: next.members.map((one) => (one.id === id ? { ...one, ...changed } : one)) })
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <section class="sheet stack">
        <h2>{t.correctTitle}</h2>
        {text(t.teamName, 'name', next.name, (name) => setNext({ ...next, name }))}
        {text(t.teamKana, 'kana', next.kana, (kana) => setNext({ ...next, kana: toKatakana(kana) }))}
      </section>
      {next.members.map(({ id, name, kana }, i) => (
        <section class="sheet stack" key={id}>
          {text(t.memberName(i + 1), id, name, (value) => member(id, { name: value }))}
          {text(t.memberKana(i + 1), `${id}.kana`, kana ?? '', (value) => member(id, { kana: toKatakana(value) }))}
          <Button
            kind="bare"
            onClick={() => setNext({ ...next, members: next.members.filter((one) => one.id !== id) })}
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
        onClick={() => setNext({ ...next, members: [...next.members, { id: newMemberId(next.members), name: '' }] })}
      >
        {t.add}
      </Button>
      <section class="sheet">
        <Field label={t.attention} hint={t.attentionHint}>
          {(ids) => (
            <textarea
              {...ids}
              rows={2}
              maxLength={1000}
              value={next.attention}
              onInput={(event) => setNext({ ...next, attention: event.currentTarget.value })}
            />
          )}
        </Field>
      </section>
      <div class="screen-action stack">
        <Button kind="main" type="submit">
          {words.value.save}
        </Button>
        <Button wide onClick={onClose}>
          {words.value.cancel}
        </Button>
      </div>
    </form>
  )
}

function problemText(problem: CorrectionProblem): string {
  const t = words.value.reception
  return { 'name-needed': t.nameNeeded, 'kana-wrong': t.kanaWrong, 'too-many': t.tooMany }[problem]
}
