import { useState } from 'preact/hooks'
import { words } from '../i18n/participant-words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useOwnTeam } from './own-team.ts'

/** The way out: everything of the team leaves this device. What was not sent yet is lost only if the person insists. */
export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const { store } = useOwnTeam()
  const [step, setStep] = useState<'asking' | 'leaving' | 'unsent'>('asking')
  const t = words.value.status
  const leave = async (insist: boolean) => {
    setStep('leaving')
    if ((await store.forget({ insist })) === 'unsent') setStep('unsent')
  }
  return (
    <Dialog title={t.leaveTitle} onClose={onClose}>
      <p>{t.leaveText}</p>
      {step === 'unsent' ? (
        <p class="notice no" role="alert">
          {t.leaveUnsent}
        </p>
      ) : null}
      <div class="pair">
        <Button wide onClick={onClose}>
          {words.value.cancel}
        </Button>
        <Button kind="refuse" wide disabled={step === 'leaving'} onClick={() => void leave(step === 'unsent')}>
          {step === 'leaving' ? t.leaving : step === 'unsent' ? t.leaveAnyway : t.leaveNow}
        </Button>
      </div>
    </Dialog>
  )
}
