import { useState } from 'preact/hooks'
import { words as common } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './password-words.ts'

/** Gives a team a new password; nobody can read the old one, here or anywhere. */
export function PasswordDialog({ team, onClose }: { team: string; onClose: () => void }) {
  const t = words.value
  const { desk, who } = useDesk()
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    if (password.trim().length < 8) return setProblem(t.short)
    const path = `/api/events/${who.event}/teams/${encodeURIComponent(team)}/password`
    const answer = await desk.ask(path, { method: 'PUT', json: { password: password.trim() } })
    if (answer.kind !== 'ok') {
      return setProblem(
        answer.kind === 'refused' ? common.value.failed.otherText(answer.code) : common.value.failed.offline,
      )
    }
    toast(t.done)
    onClose()
  }
  return (
    <Dialog title={t.title(team)} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <p>{t.text}</p>
        <Field label={t.password} hint={t.hint} {...(problem ? { problem } : {})}>
          {(ids) => (
            <input
              {...ids}
              value={password}
              autocomplete="new-password"
              spellcheck={false}
              maxLength={200}
              onInput={({ currentTarget }) => setPassword(currentTarget.value)}
            />
          )}
        </Field>
        <Button kind="main" type="submit">
          {common.value.save}
        </Button>
        <Button kind="bare" wide onClick={onClose}>
          {common.value.cancel}
        </Button>
      </form>
    </Dialog>
  )
}
