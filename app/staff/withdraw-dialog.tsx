import { useState } from 'preact/hooks'
import type { NoticeDoc } from '../../design-docs/derived.ts'
import { words } from '../i18n/notice-words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ReasonPicker } from '../ui/reason-picker.tsx'
import { toast } from '../ui/toast.tsx'
import { usePhone } from './phone.ts'

/** Takes a notice back from everyone, with a reason that stays in the log. */
export function WithdrawDialog({ notice, onClose }: { notice: NoticeDoc; onClose: () => void }) {
  const { outbox } = usePhone().store
  const t = words.value
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const withdraw = async () => {
    if (reason.trim() === '') return setProblem(t.withdrawNeeds)
    await outbox.append({ type: 'void', fact: notice.fact, reason: reason.trim() })
    toast(t.withdrawn)
    onClose()
  }
  return (
    <Dialog title={t.withdrawTitle} onClose={onClose}>
      <p>{notice.title}</p>
      <p class="soft">{t.withdrawText}</p>
      <ReasonPicker
        label={t.withdrawReason}
        reasons={t.withdrawReasons}
        other={t.withdrawOther}
        value={reason}
        onChange={setReason}
        problem={problem}
      />
      <div class="pair">
        <Button wide onClick={onClose}>
          {t.form.cancel}
        </Button>
        <Button kind="refuse" wide onClick={() => void withdraw()}>
          {t.withdraw}
        </Button>
      </div>
    </Dialog>
  )
}
