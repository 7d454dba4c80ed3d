import { words as common } from '../../i18n/admin-words.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { OneFieldDialog } from '../one-field-dialog.tsx'
import { words } from './password-words.ts'

/** Gives a team a new password; nobody can read the old one, here or anywhere. */
export function PasswordDialog({ team, onClose }: { team: string; onClose: () => void }) {
  const t = words.value
  const { desk, who } = useDesk()
  const save = async (password: string) => {
    if (password.length < 8) return t.short
    const path = `/api/events/${who.event}/teams/${encodeURIComponent(team)}/password`
    const answer = await desk.ask(path, { method: 'PUT', json: { password } })
    const { failed } = common.value
    if (answer.kind !== 'ok') return answer.kind === 'refused' ? failed.otherText(answer.code) : failed.offline
    toast(t.done)
    onClose()
    return null
  }
  return (
    <OneFieldDialog
      title={t.title(team)}
      label={t.password}
      hint={t.hint}
      input={{ autocomplete: 'new-password', maxLength: 200 }}
      go={common.value.save}
      onGo={save}
      onClose={onClose}
    >
      <p>{t.text}</p>
    </OneFieldDialog>
  )
}
