import { useState } from 'preact/hooks'
import type { Card } from '../../design-docs/derived.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { toast } from '../ui/toast.tsx'
import { type Corrected, type CorrectionProblem, correctionsOf, problemsOf } from './corrections.ts'
import { NameFields } from './name-fields.tsx'
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
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <NameFields title={t.correctTitle} value={next} problems={problems} onChange={setNext} />
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
