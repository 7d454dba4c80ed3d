import { useState } from 'preact/hooks'
import { words as common } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { KindCounts } from './kind-counts.tsx'
import { words } from './team-forgetting-words.ts'

type Props = {
  team: string
  path: string
  preview: Readonly<Record<string, number>>
  onBegun: () => void
  onClose: () => void
}

/** What would go is read before; typing the number is the second thought. */
export function TeamForgettingDialog({ team, path, preview, onBegun, onClose }: Props) {
  const t = words.value
  const { desk } = useDesk()
  const [number, setNumber] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const agree = async () => {
    if (number.trim() !== team) return setProblem(t.wrong)
    const answer = await desk.ask(path, { method: 'POST', json: { number: number.trim() } })
    if (answer.kind !== 'ok') {
      return setProblem(answer.kind === 'refused' ? t.failed(answer.code) : common.value.failed.offline)
    }
    toast(t.begun)
    onBegun()
  }
  return (
    <Dialog title={t.dialog(team)} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void agree()
        }}
      >
        <p>{t.lead}</p>
        <h2>{t.what}</h2>
        <KindCounts counts={preview} />
        <p>{t.text(team)}</p>
        <Field label={t.number} {...(problem ? { problem } : {})}>
          {(ids) => (
            <input
              {...ids}
              value={number}
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              onInput={({ currentTarget }) => setNumber(currentTarget.value)}
            />
          )}
        </Field>
        <Button kind="refuse" wide type="submit">
          {t.go}
        </Button>
        <Button kind="bare" wide onClick={onClose}>
          {common.value.cancel}
        </Button>
      </form>
    </Dialog>
  )
}
