import type { PlanPage } from '../../../design-docs/console.ts'
import type { EventDoc } from '../../../design-docs/plan.ts'
import { words } from '../../i18n/admin-words.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { Field } from '../../ui/field.tsx'
import { TimeField } from '../../ui/time-field.tsx'
import { problemOf } from '../bad-fields.ts'
import { FormEnd } from './form-end.tsx'
import { TextField } from './inputs.tsx'
import { StopNow } from './stop-now.tsx'
import { usePlanForm } from './use-plan-form.tsx'

type Props = { plan: PlanPage; onSaved: () => void }
const phases = ['draft', 'open', 'running', 'closed', 'published'] as const

/** Name, times and phase of the event. It becomes published where its rankings are. */
export function EventPart({ plan, onSaved }: Props) {
  const t = words.value
  const { draft, dirty, set, replace, bad, save, dialog } = usePlanForm<EventDoc>(plan.event, onSaved)
  return (
    <div class="sheet stack">
      <div class="form-grid">
        <TextField
          label={setupWords.value.nameJa}
          value={draft.name.ja}
          onChange={(ja) => set({ name: { ...draft.name, ja } })}
          problem={problemOf(bad, 'name.ja')}
        />
        <TextField
          label={setupWords.value.nameEn}
          value={draft.name.en}
          onChange={(en) => set({ name: { ...draft.name, en } })}
          problem={problemOf(bad, 'name.en')}
        />
        <TextField
          label={setupWords.value.timeZone}
          value={draft.timeZone}
          onChange={(timeZone) => set({ timeZone })}
          problem={problemOf(bad, 'timeZone')}
        />
        <Field label={setupWords.value.phase}>
          {(ids) => (
            <select
              {...ids}
              value={draft.phase}
              onChange={(event) =>
                set({ phase: phases.find((one) => one === event.currentTarget.value) ?? draft.phase })
              }
            >
              {phases.map((one) => (
                <option key={one} value={one} disabled={one === 'published' && plan.event.phase !== one}>
                  {t.phases[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <TimeField
          label={setupWords.value.startsAt}
          value={draft.startsAt}
          timeZone={plan.event.timeZone}
          onChange={(startsAt) => startsAt !== undefined && set({ startsAt })}
          problem={problemOf(bad, 'startsAt')}
        />
        <TimeField
          label={setupWords.value.endsAt}
          value={draft.endsAt}
          timeZone={plan.event.timeZone}
          onChange={(endsAt) => endsAt !== undefined && set({ endsAt })}
          problem={problemOf(bad, 'endsAt')}
        />
        <TimeField
          label={setupWords.value.protestUntil}
          value={draft.protestUntil}
          timeZone={plan.event.timeZone}
          onChange={(protestUntil) => set({ protestUntil })}
          problem={problemOf(bad, 'protestUntil')}
        />
        <TimeField
          label={setupWords.value.retention}
          hint={setupWords.value.retentionHint}
          value={draft.retention}
          timeZone={plan.event.timeZone}
          onChange={(retention) => {
            const { retention: _before, ...rest } = draft
            replace(retention === undefined ? rest : { ...rest, retention })
          }}
          problem={problemOf(bad, 'retention')}
        />
      </div>
      <FormEnd dirty={dirty} bad={bad} onSave={() => save(draft)} />
      <StopNow event={plan.event} dirty={dirty} onSave={save} />
      <p>
        <a href="/admin/rankings">{setupWords.value.freeze}</a>
      </p>
      {dialog}
    </div>
  )
}
