import { useEffect, useState } from 'preact/hooks'
import type { PlanEffect } from '../../../design-docs/console.ts'
import { ulid } from '../../../design-docs/ids.ts'
import { Button } from '../../ui/button.tsx'
import { useDesk } from '../desk/context.ts'
import type { NewDecision } from '../desk/decisions.ts'
import { EffectTable } from '../setup/effect-table.tsx'
import { words } from './dispute-words.ts'

type Props = { decisions: readonly NewDecision[]; onSave: () => void; onBack: () => void }

/** What the decisions would do to the results; only then they are made. */
export function EffectStep({ decisions, onSave, onBack }: Props) {
  const t = words.value.effect
  const { desk, who } = useDesk()
  const [effect, setEffect] = useState<PlanEffect | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let current = true
    const tried = decisions.map((decision) => ({
      ...decision,
      id: ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
      ageMs: 0,
    }))
    void desk
      .ask(`/api/events/${who.event}/decisions/effect`, { method: 'POST', json: { decisions: tried } })
      .then((answer) => {
        if (!current) return
        if (answer.kind === 'ok') setEffect(answer.body as PlanEffect)
        else setProblem(answer.kind === 'refused' ? t.failed(answer.code) : t.offline)
      })
    return () => {
      current = false
    }
  }, [])
  return (
    <div class="stack">
      {effect ? <EffectTable effect={effect} /> : null}
      {problem ? (
        <p class="notice no" role="alert">
          {problem}
        </p>
      ) : null}
      {effect || problem ? null : <p role="status">{t.checking}</p>}
      <Button kind="main" disabled={effect === null} onClick={onSave}>
        {t.save}
      </Button>
      <Button wide onClick={onBack}>
        {t.back}
      </Button>
    </div>
  )
}
