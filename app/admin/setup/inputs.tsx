import { Field } from '../../ui/field.tsx'

type Common = { label: string; hint?: string; problem?: string | undefined }
const rest = ({ hint, problem }: Common) => ({ ...(hint ? { hint } : {}), ...(problem ? { problem } : {}) })

type TextProps = Common & { value: string; onChange: (value: string) => void; maxLength?: number }

export function TextField({ label, value, onChange, maxLength = 200, ...common }: TextProps) {
  return (
    <Field label={label} {...rest({ label, ...common })}>
      {(ids) => (
        <input {...ids} value={value} maxLength={maxLength} onInput={(event) => onChange(event.currentTarget.value)} />
      )}
    </Field>
  )
}

type NumberProps = Common & { value: number | undefined; onChange: (value: number | undefined) => void; step?: string }

/** A number, or nothing; what is no number is not taken. */
export function NumberField({ label, value, onChange, step = 'any', ...common }: NumberProps) {
  return (
    <Field label={label} {...rest({ label, ...common })}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          step={step}
          value={value ?? ''}
          onInput={({ currentTarget: { value: text, valueAsNumber } }) =>
            onChange(text === '' || Number.isNaN(valueAsNumber) ? undefined : valueAsNumber)
          }
        />
      )}
    </Field>
  )
}
