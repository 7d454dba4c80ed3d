import { useState } from 'preact/hooks'
import { positionNow } from '../../device/location.ts'
import { words } from '../../i18n/safety-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ReasonPicker } from '../../ui/reason-picker.tsx'
import { toast } from '../../ui/toast.tsx'
import { useOwnTeam } from '../own-team.ts'

/** The team stops here, for this reason; asked twice, since it leaves the ranking. */
export function RetireDialog({ team, onClose }: { team: string; onClose: () => void }) {
  const { outbox } = useOwnTeam().store
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const t = words.value
  const retire = async () => {
    if (reason.trim() === '') return setProblem(t.needReason)
    const stamp = outbox.stamp()
    const where = positionNow(stamp.deviceAt, stamp.offsetMs)
    await outbox.append({ type: 'retire', team, reason: reason.trim(), ...(where && { position: where }) }, stamp)
    toast(t.retired)
    onClose()
  }
  return (
    <Dialog title={t.retireTitle} onClose={onClose}>
      <p class="notice warn">{t.retireText}</p>
      <ReasonPicker
        label={t.reason}
        reasons={t.reasons}
        other={t.other}
        value={reason}
        onChange={setReason}
        problem={problem}
      />
      <div class="pair">
        <Button wide onClick={onClose}>
          {t.cancel}
        </Button>
        <Button kind="refuse" wide onClick={() => void retire()}>
          {t.retireNow}
        </Button>
      </div>
    </Dialog>
  )
}
