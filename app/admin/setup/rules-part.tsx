import { useState } from 'preact/hooks'
import type { PlanPage } from '../../../design-docs/console.ts'
import type { EventDoc, EventRules } from '../../../design-docs/plan.ts'
import { words } from '../../i18n/admin-words.ts'
import { Tick } from '../../ui/tick.tsx'
import { FormEnd } from './form-end.tsx'
import { type BadFields, NumberField, problemOf } from './inputs.tsx'
import { SaveFlow } from './save-flow.tsx'
import { useDraft } from './use-draft.ts'

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
  const t = words.value.setup
  const { draft, dirty, set, reset } = useDraft<EventDoc>(plan.event)
  const [saving, setSaving] = useState(false)
  const [bad, setBad] = useState<BadFields>([])
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
      <FormEnd dirty={dirty} onSave={() => setSaving(true)} />
      {saving ? (
        <SaveFlow
          doc={draft}
          onSaved={(doc) => {
            reset(doc)
            setBad([])
            onSaved()
          }}
          onTheirs={reset}
          onBad={setBad}
          onClose={() => setSaving(false)}
        />
      ) : null}
    </div>
  )
}
