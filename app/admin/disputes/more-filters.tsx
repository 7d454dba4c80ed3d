import type { Reason } from '../../../design-docs/derived.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { Field } from '../../ui/field.tsx'
import { useDesk } from '../desk/context.ts'
import type { QueueFilter } from '../review/queue-items.ts'
import { words } from './dispute-words.ts'
import './disputes.css'

type Props = { filter: QueueFilter; devices: readonly string[]; onChange: (filter: QueueFilter) => void }

/** What else the queue can be narrowed by: reason, class, device, team. */
export function MoreFilters({ filter, devices, onChange }: Props) {
  const t = words.value.filters
  const classes = useDesk().overview.value?.event.classes ?? []
  const reasons = (Object.keys(common.value.reasons) as Reason[]).map((reason): [string, string] => [
    reason,
    common.value.reasons[reason]({}),
  ])
  const chosen = [filter.reason, filter.class, filter.device, filter.team].filter(Boolean).length
  const known = [...new Set([...devices, ...(filter.device ? [filter.device] : [])])].sort()
  return (
    <details class="more">
      <summary>
        {t.more} {chosen > 0 ? `(${t.chosen(count(chosen))})` : ''}
      </summary>
      <div class="filled-row">
        <Pick
          label={t.reason}
          value={filter.reason}
          options={reasons}
          onChange={(reason) => onChange({ ...filter, reason })}
        />
        <Pick
          label={t.class}
          value={filter.class}
          options={classes.map(({ id, name }) => [id, said(name)])}
          onChange={(classId) => onChange({ ...filter, class: classId })}
        />
        <Pick
          label={t.device}
          value={filter.device}
          options={known.map((device) => [device, device])}
          onChange={(device) => onChange({ ...filter, device })}
        />
        <Field label={t.team}>
          {(ids) => (
            <input
              {...ids}
              value={filter.team}
              maxLength={12}
              onChange={(event) =>
                onChange({
                  ...filter,
                  team: event.currentTarget.value
                    .normalize('NFKC')
                    .toUpperCase()
                    .replace(/[^A-Z0-9]/g, ''),
                })
              }
            />
          )}
        </Field>
      </div>
    </details>
  )
}

type PickProps = {
  label: string
  value: string
  options: readonly (readonly [value: string, text: string])[]
  onChange: (value: string) => void
}

function Pick({ label, value, options, onChange }: PickProps) {
  return (
    <Field label={label}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">{words.value.filters.any}</option>
          {options.map(([id, text]) => (
            <option key={id} value={id}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
