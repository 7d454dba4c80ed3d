import { Field } from '../../ui/field.tsx'

type Props<T extends string> = {
  label: string
  value: T
  /** What can be chosen, with what it is called. */
  of: Record<T, string>
  onChange: (value: T) => void
}

/** One of a few words. */
export function Pick<T extends string>({ label, value, of, onChange }: Props<T>) {
  const choices = Object.keys(of) as T[]
  return (
    <Field label={label}>
      {(ids) => (
        <select
          {...ids}
          value={value}
          onChange={(event) => onChange(choices.find((one) => one === event.currentTarget.value) ?? value)}
        >
          {choices.map((one) => (
            <option key={one} value={one}>
              {of[one]}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
