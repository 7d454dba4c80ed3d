import './disputes.css'
import { Field } from '../../ui/field.tsx'
import { fromWallClock, toWallClock } from '../../ui/zoned-time.ts'

type Props = {
  label: string
  secondsLabel: string
  value: number | undefined
  timeZone: string
  problem?: string | undefined
  onChange: (value: number | undefined) => void
}

/** A day, a minute and a second by the clocks of the event: finishes are decided by seconds. */
export function TimeInput({ label, secondsLabel, value, timeZone, problem, onChange }: Props) {
  const seconds = value === undefined ? 0 : Math.floor(value / 1000) % 60
  const minute = value === undefined ? '' : toWallClock(value, timeZone)
  return (
    <div class="filled-row">
      <Field label={label} {...(problem ? { problem } : {})}>
        {(ids) => (
          <input
            {...ids}
            type="datetime-local"
            value={minute}
            onChange={(event) => {
              const at = fromWallClock(event.currentTarget.value, timeZone)
              onChange(at === null ? undefined : at + seconds * 1000)
            }}
          />
        )}
      </Field>
      <Field label={secondsLabel}>
        {(ids) => (
          <input
            {...ids}
            type="number"
            min={0}
            max={59}
            step={1}
            value={seconds}
            onInput={({ currentTarget: { valueAsNumber } }) => {
              if (value === undefined || !(valueAsNumber >= 0 && valueAsNumber < 60)) return
              onChange(value - seconds * 1000 + Math.floor(valueAsNumber) * 1000)
            }}
          />
        )}
      </Field>
    </div>
  )
}
