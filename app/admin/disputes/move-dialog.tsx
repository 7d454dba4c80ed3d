import { useState } from 'preact/hooks'
import type { ReviewItem } from '../../../design-docs/console.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import type { NewDecision } from '../desk/decisions.ts'
import { words } from './dispute-words.ts'
import { EffectStep } from './effect-step.tsx'

/** Where a check-in belongs, what that would do, and the move. */
export function MoveDialog({ item, onClose }: { item: ReviewItem; onClose: () => void }) {
  const t = words.value.checkin
  const { overview, decisions } = useDesk()
  const [team, setTeam] = useState(item.team)
  const [checkpoint, setCheckpoint] = useState(item.checkpoint)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [looking, setLooking] = useState<NewDecision | null>(null)
  const isSame = team === item.team && checkpoint === item.checkpoint
  const look = () => {
    setTried(true)
    if (isSame || team === '' || reason.trim() === '') return
    const to = { ...(team !== item.team && { team }), ...(checkpoint !== item.checkpoint && { checkpoint }) }
    setLooking({ kind: 'move', checkin: item.checkin, to, reason: reason.trim() })
  }
  const save = () => {
    if (looking) decisions.decide(looking)
    toast(t.moved)
    onClose()
  }
  return (
    <Dialog title={t.moveTitle} onClose={onClose}>
      {looking ? (
        <EffectStep decisions={[looking]} onSave={save} onBack={() => setLooking(null)} />
      ) : (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            look()
          }}
        >
          <p class="soft">{t.moveLead}</p>
          <Field label={t.toCheckpoint} {...(tried && isSame ? { problem: t.same } : {})}>
            {(ids) => (
              <select {...ids} value={checkpoint} onChange={(event) => setCheckpoint(event.currentTarget.value)}>
                {overview.value?.checkins.byCheckpoint.map((one) => (
                  <option key={one.checkpoint} value={one.checkpoint}>
                    {common.value.cp(one.checkpoint, said(one.name))}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t.toTeam}>
            {(ids) => (
              <input
                {...ids}
                value={team}
                maxLength={12}
                onInput={(event) => setTeam(event.currentTarget.value.normalize('NFKC').toUpperCase().trim())}
              />
            )}
          </Field>
          <Field
            label={common.value.oneTeam.reason}
            {...(tried && !reason.trim() ? { problem: common.value.oneTeam.reasonNeeded } : {})}
          >
            {(ids) => (
              <input
                {...ids}
                maxLength={1000}
                value={reason}
                onInput={(event) => setReason(event.currentTarget.value)}
              />
            )}
          </Field>
          <Button kind="main" type="submit">
            {words.value.effect.look}
          </Button>
        </form>
      )}
      <Button kind="bare" wide onClick={onClose}>
        {common.value.cancel}
      </Button>
    </Dialog>
  )
}
