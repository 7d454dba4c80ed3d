import { useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Tick } from '../../ui/tick.tsx'
import { useDesk } from '../desk/context.ts'
import type { NewDecision } from '../desk/decisions.ts'
import { words } from './dispute-words.ts'
import { EffectStep } from './effect-step.tsx'
import { TimeInput } from './time-input.tsx'

type Props = { teams: readonly string[]; onSave: (decisions: readonly NewDecision[]) => void; before?: () => boolean }

/** A start or a finish for some teams, its effect, and only then the record. */
export function TimesForm({ teams, onSave, before = () => true }: Props) {
  const t = words.value.times
  const zone = useDesk().overview.value?.event.timeZone ?? 'UTC'
  const [of, setOf] = useState<'start' | 'finish'>('start')
  const [asRecorded, setAsRecorded] = useState(false)
  const [at, setAt] = useState<number | undefined>()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [looking, setLooking] = useState<readonly NewDecision[] | null>(null)
  if (looking) return <EffectStep decisions={looking} onBack={() => setLooking(null)} onSave={() => onSave(looking)} />
  const look = () => {
    setTried(true)
    const is = asRecorded ? null : at
    if (!before() || teams.length === 0 || is === undefined || reason.trim() === '') return
    setLooking(teams.map((team) => ({ kind: 'timing', team, of, is, reason: reason.trim() })))
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        look()
      }}
    >
      <Field label={t.kind}>
        {(ids) => (
          <select
            {...ids}
            value={of}
            onChange={(event) => setOf(event.currentTarget.value === 'finish' ? 'finish' : 'start')}
          >
            <option value="start">{t.start}</option>
            <option value="finish">{t.finish}</option>
          </select>
        )}
      </Field>
      <Tick checked={asRecorded} onChange={setAsRecorded}>
        {t.asRecorded}
      </Tick>
      {asRecorded ? null : (
        <TimeInput
          label={t.time}
          secondsLabel={t.seconds}
          value={at}
          timeZone={zone}
          onChange={setAt}
          {...(tried && at === undefined ? { problem: t.timeNeeded } : {})}
        />
      )}
      <Field label={t.reason} {...(tried && reason.trim() === '' ? { problem: t.reasonNeeded } : {})}>
        {(ids) => (
          <input {...ids} maxLength={1000} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        )}
      </Field>
      <Button kind="main" type="submit">
        {words.value.effect.look}
      </Button>
    </form>
  )
}
