import type { InputHTMLAttributes } from 'preact'
import type { EntryField } from '../../../design-docs/entry.ts'
import { words } from '../../i18n/entry-words.ts'
import { Field } from '../../ui/field.tsx'
import type { FormTools } from './use-entry-form.ts'

type Props = {
  tools: Pick<FormTools, 'problem' | 'leave'>
  path: string
  label: string
  hint?: string | undefined
  optional?: boolean
  value: string
  onChange: (value: string) => void
  /** Makes of the text what will be kept; shown when the field is left. */
  tidy?: (text: string) => string
  /** Where the field is the organizers' own. */
  field?: EntryField
  /** Several lines. */
  long?: boolean
  input?: InputHTMLAttributes<HTMLInputElement>
}

/** A text of the form with what is wrong with it. */
export function TextInput({ tools, path, label, hint, optional = false, tidy = (text) => text, ...props }: Props) {
  const { value, onChange, field, long = false, input = {} } = props
  const problem = tools.problem(path, field)
  const onBlur = () => {
    const tidied = tidy(value)
    if (tidied !== value) onChange(tidied)
    tools.leave(path)
  }
  return (
    <Field
      label={optional ? words.value.optional(label) : label}
      {...(hint ? { hint } : {})}
      {...(problem ? { problem } : {})}
    >
      {(ids) =>
        long ? (
          <textarea
            {...ids}
            rows={4}
            value={value}
            aria-required={!optional}
            onInput={(event) => onChange(event.currentTarget.value)}
            onBlur={onBlur}
          />
        ) : (
          <input
            {...ids}
            {...input}
            value={value}
            aria-required={!optional}
            onInput={(event) => onChange(event.currentTarget.value)}
            onBlur={onBlur}
          />
        )
      }
    </Field>
  )
}
