import { useEffect, useState } from 'preact/hooks'
import type { PlanEffect } from '../../../design-docs/console.ts'
import type { CheckpointDoc, EventDoc } from '../../../design-docs/plan.ts'
import { words } from '../../i18n/admin-words.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import { type BadFields, badFieldsOf } from '../bad-fields.ts'
import { useDesk } from '../desk/context.ts'
import { ClashTable } from './clash-table.tsx'
import { EffectTable } from './effect-table.tsx'

export type PlanDoc = EventDoc | CheckpointDoc
type Props<T extends PlanDoc> = {
  doc: T
  onSaved: (doc: T) => void
  /** The other version was chosen. */
  onTheirs: (doc: T) => void
  onBad: (fields: BadFields) => void
  onClose: () => void
}
type Step<T> =
  | { name: 'checking' }
  | { name: 'effect'; effect: PlanEffect }
  | { name: 'clash'; theirs: T }
  | { name: 'failed'; text: string }

/** Saving a part of the plan: first its effect on the scores, then the saving, and a clash shown where there is one. */
export function SaveFlow<T extends PlanDoc>({ doc, onSaved, onTheirs, onBad, onClose }: Props<T>) {
  const t = words.value
  const { desk, who } = useDesk()
  const [wanted, setWanted] = useState(doc)
  const [step, setStep] = useState<Step<T>>({ name: 'checking' })
  const root = `/api/events/${who.event}/plan`

  useEffect(() => {
    let current = true
    setStep({ name: 'checking' })
    const json = wanted.type === 'event' ? { event: wanted } : { checkpoints: [wanted] }
    void desk.ask(`${root}/preview`, { method: 'POST', json }).then((answer) => {
      if (!current) return
      if (answer.kind === 'ok') setStep({ name: 'effect', effect: answer.body as PlanEffect })
      else if (answer.kind === 'refused' && answer.code === 'ZK-PLAN-002') refuse(answer.figures)
      else setStep({ name: 'failed', text: setupWords.value.effectFailed })
    })
    return () => {
      current = false
    }
  }, [wanted])

  const refuse = (figures: Record<string, unknown>) => {
    // A preview takes the document as a part of a change, so its fields are named from there.
    onBad(badFieldsOf(figures).map((one) => ({ ...one, field: one.field.replace(/^(event|checkpoints\.0)\./, '') })))
    onClose()
  }
  const save = async () => {
    const path = wanted.type === 'event' ? `${root}/event` : `${root}/checkpoints/${wanted.number}`
    const answer = await desk.ask(path, { method: 'PUT', json: wanted })
    if (answer.kind === 'ok') {
      toast(setupWords.value.saved)
      onSaved(answer.body as T)
      onClose()
    } else if (answer.kind === 'refused' && answer.figures.theirs)
      setStep({ name: 'clash', theirs: answer.figures.theirs as T })
    else if (answer.kind === 'refused' && answer.code === 'ZK-PLAN-002') refuse(answer.figures)
    else if (answer.kind === 'refused' && answer.code === 'ZK-PLAN-003')
      setStep({ name: 'failed', text: setupWords.value.effectBlocked })
    else
      setStep({ name: 'failed', text: answer.kind === 'refused' ? t.failed.otherText(answer.code) : t.failed.offline })
  }
  const title = step.name === 'clash' ? setupWords.value.clashTitle : setupWords.value.effectTitle
  return (
    <Dialog title={title} onClose={onClose}>
      {step.name === 'checking' ? <p role="status">{setupWords.value.checking}</p> : null}
      {step.name === 'failed' ? (
        <p class="notice no" role="alert">
          {step.text}
        </p>
      ) : null}
      {step.name === 'effect' ? (
        <>
          <EffectTable effect={step.effect} />
          <Button kind="main" disabled={step.effect.blocked} onClick={() => void save()}>
            {setupWords.value.effectSave}
          </Button>
        </>
      ) : null}
      {step.name === 'clash' ? (
        <>
          <p class="soft">{setupWords.value.clashText}</p>
          <ClashTable mine={wanted} theirs={step.theirs} />
          <Button
            wide
            onClick={() => {
              onTheirs(step.theirs)
              onClose()
            }}
          >
            {setupWords.value.takeTheirs}
          </Button>
          <Button wide onClick={() => setWanted({ ...wanted, _rev: step.theirs._rev })}>
            {setupWords.value.keepMine}
          </Button>
        </>
      ) : null}
      <Button kind="bare" wide onClick={onClose}>
        {t.cancel}
      </Button>
    </Dialog>
  )
}
