import type { NoticeDoc } from '../../design-docs/derived.ts'
import { words } from '../i18n/notice-words.ts'
import { toast } from '../ui/toast.tsx'
import { WhyDialog } from '../ui/why-dialog.tsx'
import { usePhone } from './phone.ts'

/** Takes a notice back from everyone, with a reason that stays in the log. */
export function WithdrawDialog({
  notice,
  onClose,
}: {
  notice: Pick<NoticeDoc, 'fact' | 'title'>
  onClose: () => void
}) {
  const { outbox } = usePhone().store
  const t = words.value
  const withdraw = async (reason: string) => {
    await outbox.append({ type: 'void', fact: notice.fact, reason })
    toast(t.withdrawn)
    onClose()
  }
  const texts = {
    reason: t.withdrawReason,
    reasons: t.withdrawReasons,
    other: t.withdrawOther,
    needReason: t.withdrawNeeds,
    cancel: t.form.cancel,
    confirm: t.withdraw,
  }
  return (
    <WhyDialog title={t.withdrawTitle} words={texts} onReason={withdraw} onClose={onClose}>
      <p>{notice.title}</p>
      <p class="soft">{t.withdrawText}</p>
    </WhyDialog>
  )
}
