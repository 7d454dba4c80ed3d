import { words as common } from '../../i18n/admin-words.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { OneFieldDialog } from '../one-field-dialog.tsx'
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
  const agree = async (number: string) => {
    if (number !== team) return t.wrong
    const answer = await desk.ask(path, { method: 'POST', json: { number } })
    if (answer.kind !== 'ok') return answer.kind === 'refused' ? t.failed(answer.code) : common.value.failed.offline
    toast(t.begun)
    onBegun()
    return null
  }
  return (
    <OneFieldDialog
      title={t.dialog(team)}
      label={t.number}
      input={{ autocomplete: 'off', autocapitalize: 'characters' }}
      go={t.go}
      kind="refuse"
      onGo={agree}
      onClose={onClose}
    >
      <p>{t.lead}</p>
      <h2>{t.what}</h2>
      <KindCounts counts={preview} />
      <p>{t.text(team)}</p>
    </OneFieldDialog>
  )
}
