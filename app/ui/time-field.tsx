import { Field } from './field.tsx'
import { fromWallClock, toWallClock } from './zoned-time.ts'

type TimeProps = {
  label: string
  hint?: string
  problem?: string | undefined
  /** Milliseconds since 1970. */
  value: number | undefined
  timeZone: string
  onChange: (value: number | undefined) => void
}

/** A day and a minute by the clocks of the event. */
export function TimeField({ label, hint, problem, value, timeZone, onChange }: TimeProps) {
  return (
    <Field label={label} {...(hint ? { hint } : {})} {...(problem ? { problem } : {})}>
      {(ids) => (
        <input
          {...ids}
          type="datetime-local"
          value={value === undefined ? '' : toWallClock(value, timeZone)}
          onChange={(event) => onChange(fromWallClock(event.currentTarget.value, timeZone) ?? undefined)}
        />
      )}
    </Field>
  )
}
