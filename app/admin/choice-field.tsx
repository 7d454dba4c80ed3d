import { Field } from '../ui/field.tsx'

type ChoiceProps = {
  label: string
  value: string
  /** Value and words of each; in their order. */
  options: readonly (readonly [value: string, text: string])[]
  onChange: (value: string) => void
  hint?: string
}

/** One of several. */
export function ChoiceField({ label, value, options, onChange, hint }: ChoiceProps) {
  return (
    <Field label={label} {...(hint ? { hint } : {})}>
      {(ids) => (
        <select {...ids} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          {options.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
