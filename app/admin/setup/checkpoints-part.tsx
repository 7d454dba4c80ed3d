import { useState } from 'preact/hooks'
import type { PlanPage } from '../../../design-docs/console.ts'
import type { CheckpointDoc } from '../../../design-docs/plan.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { CheckpointForm } from './checkpoint-form.tsx'

type Props = { plan: PlanPage; onSaved: () => void }

/** The checkpoints in a list; one at a time is edited. */
export function CheckpointsPart({ plan, onSaved }: Props) {
  const t = words.value
  const [editing, setEditing] = useState<CheckpointDoc | null>(null)
  const blank = (): CheckpointDoc => {
    const near = plan.checkpoints[0]
    return {
      _id: 'checkpoint:',
      type: 'checkpoint',
      event: plan.event.code,
      number: '',
      name: { ja: '', en: '' },
      lat: near?.lat ?? 0,
      lng: near?.lng ?? 0,
      points: 0,
      kind: 'photo',
    }
  }
  if (editing)
    return (
      <CheckpointForm
        key={editing.number}
        saved={plan.checkpoints.find(({ number }) => number === editing.number) ?? editing}
        timeZone={plan.event.timeZone}
        onSaved={onSaved}
        onClose={() => setEditing(null)}
      />
    )
  return (
    <div class="stack">
      <div>
        <Button onClick={() => setEditing(blank())}>{setupWords.value.addCheckpoint}</Button>
      </div>
      {plan.checkpoints.length === 0 ? (
        <State icon="place" title={setupWords.value.noCheckpoints} text={setupWords.value.noCheckpointsText}>
          <a class="button" href="/admin/setup/imports">
            {setupWords.value.imports.title}
          </a>
        </State>
      ) : (
        <ul class="list numbered sheet flush">
          {plan.checkpoints.map((one) => (
            <li key={one.number}>
              <span class="number">{one.number}</span>
              <span>
                {said(one.name)}
                <div class="soft">
                  {setupWords.value.kinds[one.kind]}・{t.points(count(one.points))}
                </div>
              </span>
              <span class="row">
                {one.cancelled ? <Pill tone="no">{setupWords.value.cancelledPill}</Pill> : null}
                <Button
                  aria-label={setupWords.value.editCheckpoint(one.number)}
                  kind="bare"
                  onClick={() => setEditing(one)}
                >
                  {setupWords.value.edit}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
