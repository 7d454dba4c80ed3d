import type { PlanPage } from '../../../design-docs/console.ts'
import type { EntryForm } from '../../../design-docs/entry.ts'
import type { EventDoc } from '../../../design-docs/plan.ts'
import { Tick } from '../../ui/tick.tsx'
import { TimeField } from '../../ui/time-field.tsx'
import { problemOf } from '../bad-fields.ts'
import { EntryClasses } from './entry-classes.tsx'
import { EntryConsents } from './entry-consents.tsx'
import { words } from './entry-part-words.ts'
import { EntryQuestions } from './entry-questions.tsx'
import { FormEnd } from './form-end.tsx'
import { NumberField } from './inputs.tsx'
import { Pick } from './pick.tsx'
import { usePlanForm } from './use-plan-form.tsx'

type Props = { plan: PlanPage; onSaved: () => void }

const firstForm: EntryForm = {
  members: { min: 1, max: 5 },
  memberNames: 'full',
  kana: 'required',
  age: 'no',
  gender: 'no',
  phone: 'optional',
  fields: [],
  consents: [],
  firstNumber: 1,
}

/** Whether and when teams can enter, and what they are asked. */
export function EntryPart({ plan, onSaved }: Props) {
  const t = words.value
  const { draft, dirty, set, bad, save, dialog } = usePlanForm<EventDoc>(plan.event, onSaved)
  const form = draft.entryForm
  const change = (part: Partial<EntryForm>) => form && set({ entryForm: { ...form, ...part } })
  const problem = (field: string) => problemOf(bad, `entryForm.${field}`)
  return (
    <div class="sheet stack">
      <div>
        <Tick
          checked={form !== undefined}
          onChange={(takes) => set({ entryForm: takes ? (plan.event.entryForm ?? firstForm) : undefined })}
        >
          {t.takes}
        </Tick>
        <p class="soft">{t.takesHint}</p>
      </div>
      <div>
        <Tick
          checked={draft.staffApply ?? false}
          onChange={(takes) => set({ staffApply: takes || (plan.event.staffApply === undefined ? undefined : false) })}
        >
          {t.staffApply}
        </Tick>
        <p class="soft">{t.staffHint}</p>
        {draft.staffApply ? (
          <p>
            <a href={`/enter/${draft.code}/staff`}>{`${location.origin}/enter/${draft.code}/staff`}</a>
          </p>
        ) : null}
      </div>
      {form ? (
        <>
          <p>
            {t.link}: <a href={`/enter/${draft.code}`}>{`${location.origin}/enter/${draft.code}`}</a>
          </p>
          {draft.phase === 'draft' ? <p class="notice">{t.draftHint}</p> : null}
          <div class="form-grid">
            <TimeField
              label={t.opensAt}
              hint={t.timesHint}
              value={form.opensAt}
              timeZone={plan.event.timeZone}
              onChange={(opensAt) => change({ opensAt })}
              problem={problem('opensAt')}
            />
            <TimeField
              label={t.closesAt}
              value={form.closesAt}
              timeZone={plan.event.timeZone}
              onChange={(closesAt) => change({ closesAt })}
              problem={problem('closesAt')}
            />
            <NumberField
              label={t.minMembers}
              step="1"
              value={form.members.min}
              onChange={(min = 0) => change({ members: { ...form.members, min } })}
              problem={problem('members.min')}
            />
            <NumberField
              label={t.maxMembers}
              step="1"
              value={form.members.max}
              onChange={(max = 0) => change({ members: { ...form.members, max } })}
              problem={problem('members.max')}
            />
            <NumberField
              label={t.maxTeams}
              hint={t.maxTeamsHint}
              step="1"
              value={form.maxTeams}
              onChange={(maxTeams) => change({ maxTeams })}
              problem={problem('maxTeams')}
            />
            <NumberField
              label={t.firstNumber}
              step="1"
              value={form.firstNumber}
              onChange={(firstNumber = 0) => change({ firstNumber })}
              problem={problem('firstNumber')}
            />
          </div>
          <h2>{t.asked}</h2>
          <div class="form-grid">
            <Pick
              label={t.memberNames}
              value={form.memberNames}
              of={t.nameForms}
              onChange={(memberNames) => change({ memberNames })}
            />
            {(['kana', 'age', 'gender', 'phone'] as const).map((one) => (
              <Pick
                key={one}
                label={t[one]}
                value={form[one]}
                of={t.whether}
                onChange={(whether) => change({ [one]: whether })}
              />
            ))}
          </div>
          <EntryClasses
            classes={draft.classes}
            chosen={form.classIds}
            problem={problem('classIds')}
            onChange={(classIds) => change({ classIds })}
          />
          <EntryQuestions fields={form.fields} problem={problem} onChange={(fields) => change({ fields })} />
          <EntryConsents consents={form.consents} problem={problem} onChange={(consents) => change({ consents })} />
        </>
      ) : null}
      <FormEnd dirty={dirty} bad={bad} onSave={() => save(draft)} />
      {dialog}
    </div>
  )
}
