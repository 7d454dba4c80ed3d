import type { PlanPage } from '../../../design-docs/console.ts'
import type { EventDoc, EventRules } from '../../../design-docs/plan.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { Tick } from '../../ui/tick.tsx'
import { problemOf } from '../bad-fields.ts'
import { FormEnd } from './form-end.tsx'
import { NumberField } from './inputs.tsx'
import { usePlanForm } from './use-plan-form.tsx'

type Props = { plan: PlanPage; onSaved: () => void }
type Amount = Exclude<keyof EventRules, 'autoApprove' | 'requirePhoto' | 'tieBreak'>
type Hint = 'radiusHint' | 'duplicateHint' | 'lateHint'

const amounts: readonly { field: Amount; hint?: Hint }[] = [
  { field: 'radiusMeters', hint: 'radiusHint' },
  { field: 'maxAccuracyMeters' },
  { field: 'duplicateMinutes', hint: 'duplicateHint' },
  { field: 'latePenaltyPerMinute', hint: 'lateHint' },
  { field: 'maxLateMinutes' },
  { field: 'maxSpeedKmh' },
]

/** The figures by which check-ins are judged and scores counted. */
export function RulesPart({ plan, onSaved }: Props) {
  const t = setupWords.value
  const { draft, dirty, set, bad, save, dialog } = usePlanForm<EventDoc>(plan.event, onSaved)
  const change = (part: Partial<EventRules>) => set({ rules: { ...draft.rules, ...part } })
  return (
    <div class="sheet stack">
      <div class="form-grid">
        {amounts.map(({ field, hint }) => (
          <NumberField
            key={field}
            label={t[field]}
            {...(hint ? { hint: t[hint] } : {})}
            value={draft.rules[field]}
            onChange={(value) => change({ [field]: value ?? 0 })}
            problem={problemOf(bad, `rules.${field}`)}
          />
        ))}
      </div>
      <Tick checked={draft.rules.autoApprove} onChange={(autoApprove) => change({ autoApprove })}>
        {t.autoApprove}
      </Tick>
      <Tick checked={draft.rules.requirePhoto} onChange={(requirePhoto) => change({ requirePhoto })}>
        {t.requirePhoto}
      </Tick>
      <FormEnd dirty={dirty} bad={bad} onSave={() => save(draft)} />
      {dialog}
    </div>
  )
}
