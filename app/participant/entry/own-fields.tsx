import type { EntryField } from '../../../design-docs/entry.ts'
import { tidyPhone } from '../../../functions/rules/entry-texts.ts'
import { said } from '../../i18n/dictionary.ts'
import { words } from '../../i18n/entry-words.ts'
import { Field } from '../../ui/field.tsx'
import { ChoiceGroup } from './choice-group.tsx'
import type { AnswerValues } from './entry-values.ts'
import { TextInput } from './text-input.tsx'
import { tidyWidth } from './tidy-width.ts'
import type { FormTools } from './use-entry-form.ts'

type Tools = Pick<FormTools, 'problem' | 'leave'>
type Props = {
  tools: Tools
  fields: readonly EntryField[]
  of: EntryField['of']
  path: string
  answers: AnswerValues
  onChange: (answers: AnswerValues) => void
}

/** The organizers' own questions. */
export function OwnFields({ tools, fields, of, path, answers, onChange }: Props) {
  const own = fields.filter((field) => field.of === of)
  return (
    <>
      {own.map((field) => (
        <OwnField
          key={field.id}
          tools={tools}
          field={field}
          path={`${path}.${field.id}`}
          value={answers[field.id]}
          onChange={(value) => onChange({ ...answers, [field.id]: value })}
        />
      ))}
    </>
  )
}

const inputs = {
  text: {},
  'long-text': {},
  number: { inputMode: 'decimal' },
  date: { type: 'date' },
  phone: { type: 'tel' },
} as const

type OwnFieldProps = {
  tools: Tools
  field: EntryField
  path: string
  value: AnswerValues[string] | undefined
  onChange: (value: AnswerValues[string]) => void
}

function OwnField({ tools, field, path, value, onChange }: OwnFieldProps) {
  const { kind, choices = [], required } = field
  const label = said(field.label)
  const hint = field.hint && said(field.hint)
  if (kind === 'choices') {
    const chosen = Array.isArray(value) ? (value as readonly string[]) : []
    return (
      <ChoiceGroup
        label={required ? label : words.value.optional(label)}
        of="checkbox"
        hint={hint}
        problem={tools.problem(path, field)}
        choices={choices.map((one) => ({ id: one.id, text: said(one.label) }))}
        chosen={chosen}
        onChoose={(id, isChosen) => onChange([...chosen.filter((one) => one !== id), ...(isChosen ? [id] : [])])}
        onLeave={() => tools.leave(path)}
      />
    )
  }
  const text = typeof value === 'string' ? value : ''
  if (kind === 'choice') {
    const problem = tools.problem(path, field)
    return (
      <Field
        label={required ? label : words.value.optional(label)}
        {...(hint ? { hint } : {})}
        {...(problem ? { problem } : {})}
      >
        {(ids) => (
          <select
            {...ids}
            value={text}
            aria-required={required}
            onChange={(event) => onChange(event.currentTarget.value)}
            onBlur={() => tools.leave(path)}
          >
            <option value="">{words.value.choose}</option>
            {choices.map((one) => (
              <option key={one.id} value={one.id}>
                {said(one.label)}
              </option>
            ))}
          </select>
        )}
      </Field>
    )
  }
  return (
    <TextInput
      tools={tools}
      path={path}
      field={field}
      label={label}
      hint={hint}
      optional={!required}
      value={text}
      onChange={onChange}
      tidy={kind === 'number' ? tidyWidth : kind === 'phone' ? tidyPhone : (same) => same.trim()}
      long={kind === 'long-text'}
      input={{ autocomplete: 'off', ...inputs[kind] }}
    />
  )
}
