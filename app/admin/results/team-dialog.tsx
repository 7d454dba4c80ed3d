import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { TeamPage } from '../../../design-docs/console.ts'
import type { TeamDoc } from '../../../design-docs/derived.ts'
import { words } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import type { NewDecision } from '../desk/decisions.ts'
import { words as disputeWords } from '../disputes/dispute-words.ts'
import { EffectStep } from '../disputes/effect-step.tsx'
import { TimesDialog } from '../disputes/times-dialog.tsx'
import { ReasonDialog } from './reason-dialog.tsx'

export type TeamAct = 'adjustment' | 'ruling' | 'timing' | 'correction' | 'retire'
type Props = { act: TeamAct; page: TeamPage; onClose: () => void }

/** What the desk may decide about a team; each becomes a fact with its reason. */
export function TeamDialog({ act, page, onClose }: Props) {
  const t = words.value.oneTeam
  const { decisions } = useDesk()
  const team = page.team.number
  const decide = (...made: NewDecision[]) => {
    for (const one of made) decisions.decide(one)
    toast(t.sent)
    onClose()
  }
  if (act === 'retire')
    return (
      <ReasonDialog
        title={t.retire}
        act={t.retire}
        onClose={onClose}
        onReason={(reason) => decide({ kind: 'retire', team, reason })}
      />
    )
  if (act === 'timing') return <TimesDialog team={team} onClose={onClose} />
  if (act === 'adjustment') return <Adjustment team={team} onDecide={decide} onClose={onClose} />
  if (act === 'ruling') return <Ruling page={page} onDecide={decide} onClose={onClose} />
  return <Correction page={page} onDecide={decide} onClose={onClose} />
}

type FormProps = {
  title: string
  /** What the button says; absent: that it saves. */
  act?: string
  /** The effect that is looked at before saving, in place of the form. */
  looking?: { decisions: readonly NewDecision[]; onSave: () => void; onBack: () => void } | null
  onSubmit: () => void
  onClose: () => void
  children: ComponentChildren
}

function Form({ title, act, looking, onSubmit, onClose, children }: FormProps) {
  const t = words.value
  return (
    <Dialog title={title} onClose={onClose}>
      {looking ? (
        <EffectStep decisions={looking.decisions} onSave={looking.onSave} onBack={looking.onBack} />
      ) : (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            onSubmit()
          }}
        >
          {children}
          <Button kind="main" type="submit">
            {act ?? t.save}
          </Button>
        </form>
      )}
      <Button kind="bare" wide onClick={onClose}>
        {t.cancel}
      </Button>
    </Dialog>
  )
}

type Deciding = { onDecide: (...decisions: NewDecision[]) => void; onClose: () => void }

/** A decision whose effect is looked at before it is made. */
function useLook(onDecide: Deciding['onDecide']) {
  const [decision, setDecision] = useState<NewDecision | null>(null)
  return {
    at: setDecision,
    shown: decision && {
      decisions: [decision],
      onSave: () => onDecide(decision),
      onBack: () => setDecision(null),
    },
  }
}

function Adjustment({ team, onDecide, onClose }: Deciding & { team: string }) {
  const t = words.value.oneTeam
  const look = useLook(onDecide)
  const [points, setPoints] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const value = Number(points.normalize('NFKC').replace('−', '-'))
  const fits = Number.isInteger(value) && value !== 0 && points.trim() !== ''
  const submit = () => {
    setTried(true)
    if (fits && reason.trim()) look.at({ kind: 'adjustment', team, points: value, reason: reason.trim() })
  }
  return (
    <Form
      title={t.adjust}
      act={disputeWords.value.effect.look}
      looking={look.shown}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t.adjustPoints} {...(tried && !fits ? { problem: t.pointsNeeded } : {})}>
        {(ids) => <input {...ids} value={points} onInput={(event) => setPoints(event.currentTarget.value)} />}
      </Field>
      <Field label={t.reason} {...(tried && !reason.trim() ? { problem: t.reasonNeeded } : {})}>
        {(ids) => <input {...ids} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />}
      </Field>
    </Form>
  )
}

const rulings = ['registered', 'not-placed', 'withdrawn', 'disqualified'] as const

function Ruling({ page, onDecide, onClose }: Deciding & { page: TeamPage }) {
  const t = words.value
  const look = useLook(onDecide)
  const [status, setStatus] = useState<(typeof rulings)[number]>(
    rulings.find((one) => one === page.team.status) ?? 'registered',
  )
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (reason.trim()) look.at({ kind: 'ruling', team: page.team.number, status, reason: reason.trim() })
  }
  return (
    <Form
      title={t.oneTeam.rule}
      act={disputeWords.value.effect.look}
      looking={look.shown}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t.oneTeam.status}>
        {(ids) => (
          <select
            {...ids}
            value={status}
            onChange={(event) => setStatus(rulings.find((one) => one === event.currentTarget.value) ?? status)}
          >
            {rulings.map((one) => (
              <option key={one} value={one}>
                {t.teamStatuses[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t.oneTeam.reason} {...(tried && !reason.trim() ? { problem: t.oneTeam.reasonNeeded } : {})}>
        {(ids) => <input {...ids} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />}
      </Field>
    </Form>
  )
}

const textFields = ['name', 'kana', 'attention'] as const

function Correction({ page, onDecide, onClose }: Deciding & { page: TeamPage }) {
  const t = words.value.oneTeam
  const team = page.team as unknown as TeamDoc
  const was = { name: team.name, kana: team.kana ?? '', attention: team.attention ?? '' }
  const [is, setIs] = useState(was)
  const labels = { name: t.name, kana: t.kana, attention: t.attentionField }
  const submit = () => {
    const changed = textFields.filter(
      (field) => is[field] !== was[field] && (field !== 'name' || is.name.trim() !== ''),
    )
    if (changed.length === 0) onClose()
    else onDecide(...changed.map((field) => ({ kind: 'correction' as const, team: team.number, field, is: is[field] })))
  }
  return (
    <Form title={t.correct} onSubmit={submit} onClose={onClose}>
      {textFields.map((field) => (
        <Field key={field} label={labels[field]}>
          {(ids) => (
            <input
              {...ids}
              value={is[field]}
              maxLength={field === 'name' ? 120 : 200}
              onInput={(event) => setIs({ ...is, [field]: event.currentTarget.value })}
            />
          )}
        </Field>
      ))}
    </Form>
  )
}
