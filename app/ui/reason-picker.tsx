import { useId } from 'preact/hooks'
import { Field } from './field.tsx'

type ReasonPickerProps = {
  label: string
  reasons: readonly string[]
  other: string
  value: string
  onChange: (reason: string) => void
  problem?: string | undefined
}

/** One tap for the usual reasons, words for the others. */
export function ReasonPicker({ label, reasons, other, value, onChange, problem }: ReasonPickerProps) {
  const name = useId()
  return (
    <fieldset class="reasons">
      <legend>{label}</legend>
      {reasons.map((reason) => (
        <label key={reason} class="tick">
          <input type="radio" name={name} checked={value === reason} onChange={() => onChange(reason)} />
          <span>{reason}</span>
        </label>
      ))}
      <Field label={other} {...(problem ? { problem } : {})}>
        {(ids) => (
          <input
            {...ids}
            maxLength={1000}
            value={reasons.includes(value) ? '' : value}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        )}
      </Field>
    </fieldset>
  )
}
