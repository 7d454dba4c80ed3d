import { words } from '../i18n/participant-words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useOwnTeam } from './own-team.ts'

/** The way out; says what stays and what coming back takes. */
export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const { session } = useOwnTeam().store
  const t = words.value.status
  return (
    <Dialog title={t.leaveTitle} onClose={onClose}>
      <p>{t.leaveText}</p>
      <div class="pair">
        <Button wide onClick={onClose}>
          {words.value.cancel}
        </Button>
        <Button kind="refuse" wide onClick={() => void session.leave()}>
          {t.leaveNow}
        </Button>
      </div>
    </Dialog>
  )
}
