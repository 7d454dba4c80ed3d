import type { PlanPage } from '../../../design-docs/console.ts'
import type { EventClass, EventDoc } from '../../../design-docs/plan.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { TimeField } from '../../ui/time-field.tsx'
import { type BadFields, problemOf } from '../bad-fields.ts'
import { FormEnd } from './form-end.tsx'
import { NumberField, TextField } from './inputs.tsx'
import { usePlanForm } from './use-plan-form.tsx'

type Props = { plan: PlanPage; onSaved: () => void }

/** The classes of the event: names, starts and limits. */
export function ClassesPart({ plan, onSaved }: Props) {
  const t = setupWords.value
  const { draft, dirty, set, bad, save, dialog } = usePlanForm<EventDoc>(plan.event, onSaved)
  const change = (at: number, part: Partial<EventClass>) =>
    set({ classes: draft.classes.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  const add = () =>
    set({
      classes: [
        ...draft.classes,
        {
          id: `class-${draft.classes.length + 1}`,
          name: { ja: '', en: '' },
          startsAt: draft.startsAt,
          limitMinutes: 180,
        },
      ],
    })
  return (
    <div class="sheet stack">
      {draft.classes.map((one, index) => (
        <div class="class-form" key={index}>
          <ClassForm
            value={one}
            at={index}
            timeZone={draft.timeZone}
            bad={bad}
            onChange={(part) => change(index, part)}
          />
          {draft.classes.length > 1 ? (
            <div>
              <Button kind="bare" onClick={() => set({ classes: draft.classes.filter((_, other) => other !== index) })}>
                {t.removeClass}
              </Button>
            </div>
          ) : null}
        </div>
      ))}
      <div>
        <Button onClick={add}>{t.addClass}</Button>
      </div>
      <FormEnd dirty={dirty} bad={bad} onSave={() => save(draft)} />
      {dialog}
    </div>
  )
}

type Conditions = NonNullable<EventClass['fits']>
const bounds = ['minMembers', 'maxMembers', 'minAge', 'maxAge'] as const
const genders = ['all-f', 'all-m', 'mixed'] as const

type FormProps = {
  value: EventClass
  at: number
  timeZone: string
  bad: BadFields
  onChange: (part: Partial<EventClass>) => void
}

function ClassForm({ value, at, timeZone, bad, onChange }: FormProps) {
  const t = setupWords.value
  const problem = (field: string) => problemOf(bad, `classes.${at}.${field}`)
  const bound = <B extends keyof Conditions>(field: B, amount: Conditions[B] | undefined) => {
    const { [field]: _, ...others } = value.fits ?? {}
    onChange({ fits: amount === undefined ? others : { ...others, [field]: amount } })
  }
  return (
    <div class="form-grid">
      <TextField label={t.classId} value={value.id} onChange={(id) => onChange({ id })} problem={problem('id')} />
      <TextField
        label={t.nameJa}
        value={value.name.ja}
        onChange={(ja) => onChange({ name: { ...value.name, ja } })}
        problem={problem('name.ja')}
      />
      <TextField
        label={t.nameEn}
        value={value.name.en}
        onChange={(en) => onChange({ name: { ...value.name, en } })}
        problem={problem('name.en')}
      />
      <TimeField
        label={t.classStart}
        value={value.startsAt}
        timeZone={timeZone}
        onChange={(startsAt) => startsAt !== undefined && onChange({ startsAt })}
        problem={problem('startsAt')}
      />
      <NumberField
        label={t.limit}
        step="1"
        value={value.limitMinutes}
        onChange={(limitMinutes) => onChange({ limitMinutes: limitMinutes ?? 0 })}
        problem={problem('limitMinutes')}
      />
      <fieldset class="conditions">
        <legend>{t.conditions}</legend>
        <p class="soft">{t.conditionsHint}</p>
        {bounds.map((field) => (
          <NumberField
            key={field}
            label={t[field]}
            step="1"
            value={value.fits?.[field]}
            onChange={(amount) => bound(field, amount)}
            problem={problem(`fits.${field}`)}
          />
        ))}
        <Field label={t.gender}>
          {(ids) => (
            <select
              {...ids}
              value={value.fits?.gender ?? ''}
              onChange={(event) => bound('gender', (event.currentTarget.value || undefined) as Conditions['gender'])}
            >
              <option value="">{t.genders.any}</option>
              {genders.map((one) => (
                <option key={one} value={one}>
                  {t.genders[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
      </fieldset>
    </div>
  )
}
