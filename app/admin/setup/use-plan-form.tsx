import { useState } from 'preact/hooks'
import type { BadFields } from '../bad-fields.ts'
import { type PlanDoc, SaveFlow } from './save-flow.tsx'
import { useDraft } from './use-draft.ts'

/** A part of the plan in a form: its draft, the fields that were refused, and its saving, in a dialog to be drawn. */
export function usePlanForm<T extends PlanDoc>(saved: T, onSaved: () => void) {
  const { draft, dirty, set, replace, reset } = useDraft(saved)
  const [saving, setSaving] = useState<T | null>(null)
  const [bad, setBad] = useState<BadFields>([])
  const dialog = saving ? (
    <SaveFlow
      doc={saving}
      onSaved={(doc) => {
        reset(doc)
        setBad([])
        onSaved()
      }}
      onTheirs={reset}
      onBad={setBad}
      onClose={() => setSaving(null)}
    />
  ) : null
  return { draft, dirty, set, replace, bad, save: setSaving, dialog }
}
