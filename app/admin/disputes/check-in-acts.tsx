import { useState } from 'preact/hooks'
import type { Evidence, ReviewItem } from '../../../design-docs/console.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './dispute-words.ts'
import { MoveDialog } from './move-dialog.tsx'

/** What can be done to a check-in beside approving and rejecting: move it, or take its decisions back. */
export function CheckInActs({ item, evidence }: { item: ReviewItem; evidence: Evidence }) {
  const t = words.value.checkin
  const { decisions } = useDesk()
  const [moving, setMoving] = useState(false)
  const standing = evidence.reviews.filter(({ takenBack }) => !takenBack)
  const reopen = () => {
    for (const { review } of standing)
      decisions.decide({ kind: 'void', fact: review, reason: t.reopenReason }, item.checkin)
    toast(t.reopened)
  }
  return (
    <div class="row wrap">
      <Button onClick={() => setMoving(true)}>{t.move}</Button>
      {standing.length > 0 ? <Button onClick={reopen}>{t.reopen}</Button> : null}
      {moving ? <MoveDialog item={item} onClose={() => setMoving(false)} /> : null}
    </div>
  )
}
