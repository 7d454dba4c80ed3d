import type { ComponentChildren, InputHTMLAttributes } from 'preact'
import { useState } from 'preact/hooks'
import { words as common } from '../i18n/admin-words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'

type Props = {
  title: string
  /** What is asked for and why, above the field. */
  children: ComponentChildren
  label: string
  hint?: string
  input: Pick<InputHTMLAttributes, 'autocomplete' | 'autocapitalize' | 'maxLength'>
  go: string
  kind?: 'main' | 'refuse'
  /** Does it with what was typed, without spaces around it; answers what is wrong in words, or null when it is done. */
  onGo: (typed: string) => Promise<string | null>
  onClose: () => void
}

/** A dialog that wants one thing typed before it acts; what is wrong stands beside the field, and what was typed stays. */
export function OneFieldDialog({ title, children, label, hint, input, go, kind = 'main', onGo, onClose }: Props) {
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    setProblem(await onGo(typed.trim()))
    setBusy(false)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void submit()
        }}
      >
        {children}
        <Field label={label} {...(hint ? { hint } : {})} {...(problem ? { problem } : {})}>
          {(ids) => (
            <input
              {...ids}
              {...input}
              value={typed}
              spellcheck={false}
              onInput={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          )}
        </Field>
        <Button kind={kind} wide type="submit" disabled={busy}>
          {go}
        </Button>
        <Button kind="bare" wide onClick={onClose}>
          {common.value.cancel}
        </Button>
      </form>
    </Dialog>
  )
}
