import { useState } from 'preact/hooks'
import { positionNow } from '../device/location.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { ReasonPicker } from '../ui/reason-picker.tsx'
import { toast } from '../ui/toast.tsx'
import { usePhone } from './phone.ts'
import { placeName, station } from './station.ts'

/** A team stops here, for this reason. Asked twice by its own button, since it takes the team out of the ranking. */
export function RetireDialog({ team, onClose }: { team: string; onClose: () => void }) {
  const { store, checkpoints } = usePhone()
  const [reason, setReason] = useState('')
  const [place, setPlace] = useState(station.value ? placeName(station.value, checkpoints.value) : '')
  const [problem, setProblem] = useState<string>()
  const t = words.value.retire
  const save = async () => {
    if (reason.trim() === '') return setProblem(t.needReason)
    const stamp = store.outbox.stamp()
    const position = positionNow(stamp.deviceAt, stamp.offsetMs)
    await store.outbox.append(
      {
        type: 'retire',
        team,
        reason: reason.trim(),
        ...(place.trim() && { place: place.trim() }),
        ...(position && { position }),
      },
      stamp,
    )
    toast(t.done)
    onClose()
  }
  return (
    <Dialog title={`${t.title} ${team}`} onClose={onClose}>
      <ReasonPicker
        label={t.reason}
        reasons={t.reasons}
        other={words.value.undo.other}
        value={reason}
        onChange={setReason}
        problem={problem}
      />
      <Field label={t.place}>
        {(ids) => (
          <input {...ids} value={place} maxLength={200} onInput={(event) => setPlace(event.currentTarget.value)} />
        )}
      </Field>
      <p class="notice warn">{t.warning}</p>
      <div class="pair">
        <Button wide onClick={onClose}>
          {words.value.cancel}
        </Button>
        <Button kind="refuse" wide onClick={() => void save()}>
          {t.confirm}
        </Button>
      </div>
    </Dialog>
  )
}
