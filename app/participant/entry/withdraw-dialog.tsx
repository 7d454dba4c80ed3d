import { words } from '../../i18n/entry-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { EntryKey, EntryPage } from './entry-api.ts'
import { useEntryTools } from './entry-context.ts'
import { SendingNotice } from './sending-notice.tsx'
import { useSending } from './use-sending.ts'

type Props = {
  entryKey: EntryKey
  entered: EntryPage
  onWithdrawn: (entered: EntryPage) => void
  onRefused: () => void
  onClose: () => void
}

/** The last question before a team is out of the event. */
export function WithdrawDialog({ entryKey, entered, onWithdrawn, onRefused, onClose }: Props) {
  const t = words.value
  const { api } = useEntryTools()
  const sending = useSending<EntryPage>({ attempt: () => api.withdraw(entryKey), onDone: onWithdrawn, onRefused })
  const { step } = sending.state
  return (
    <Dialog title={t.withdrawTitle} onClose={onClose}>
      <p>{t.withdrawText(entered.number, entered.entry.name)}</p>
      <SendingNotice state={sending.state} problems={0} onPage />
      <div class="pair">
        <Button onClick={onClose}>{t.cancel}</Button>
        <Button kind="refuse" disabled={step === 'sending'} onClick={sending.send}>
          {step === 'sending' ? t.sending : step === 'waiting' ? t.sendNow : t.withdrawNow}
        </Button>
      </div>
    </Dialog>
  )
}
