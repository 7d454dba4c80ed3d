import type { ForgettingPage } from '../../../design-docs/forgetting.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { OneFieldDialog } from '../one-field-dialog.tsx'
import { words } from './forgetting-words.ts'

type Props = { retention: number; isDue: boolean; onAgreed: (page: ForgettingPage) => void; onClose: () => void }

/** Typing the code is the second thought. */
export function AgreeDialog({ retention, isDue, onAgreed, onClose }: Props) {
  const t = words.value
  const { desk, who } = useDesk()
  const agree = async (code: string) => {
    if (code !== who.event) return t.wrongCode
    const answer = await desk.ask(`/api/events/${who.event}/forgetting`, { method: 'POST', json: { code, retention } })
    if (answer.kind !== 'ok') return answer.kind === 'refused' ? t.failed(answer.code) : common.value.failed.offline
    toast(isDue ? t.started : t.agreed)
    onAgreed(answer.body as ForgettingPage)
    return null
  }
  return (
    <OneFieldDialog
      title={t.agreeTitle}
      label={t.code}
      input={{ autocomplete: 'off', autocapitalize: 'none' }}
      go={isDue ? t.agreeNow : t.agree}
      onGo={agree}
      onClose={onClose}
    >
      <p>{t.agreeText(who.event)}</p>
    </OneFieldDialog>
  )
}
