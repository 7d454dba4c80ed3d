import { positionNow } from '../../device/location.ts'
import { words } from '../../i18n/safety-words.ts'
import { toast } from '../../ui/toast.tsx'
import { WhyDialog } from '../../ui/why-dialog.tsx'
import { useOwnTeam } from '../own-team.ts'

/** The team stops here, for this reason; asked twice, since it leaves the ranking. */
export function RetireDialog({ team, onClose }: { team: string; onClose: () => void }) {
  const { outbox } = useOwnTeam().store
  const t = words.value
  const retire = async (reason: string) => {
    const stamp = outbox.stamp()
    const where = positionNow(stamp.deviceAt, stamp.offsetMs)
    await outbox.append({ type: 'retire', team, reason, ...(where && { position: where }) }, stamp)
    toast(t.retired)
    onClose()
  }
  const texts = { ...t, confirm: t.retireNow }
  return (
    <WhyDialog title={t.retireTitle} words={texts} onReason={retire} onClose={onClose}>
      <p class="notice warn">{t.retireText}</p>
    </WhyDialog>
  )
}
