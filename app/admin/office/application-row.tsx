import { useState } from 'preact/hooks'
import type { OfficeRole, WishedRole } from '../../../design-docs/applications.ts'
import type { EntryAnswers, EntryField } from '../../../design-docs/entry.ts'
import { answerText } from '../../entry/answer-text.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { Tick } from '../../ui/tick.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './applicant-words.ts'
import type { Made } from './made-invitation.tsx'
import { officeRolesOffered } from './office-roles.ts'

export type ApplicationRow = {
  draft: string
  name: string
  kana: string
  mail: string
  wish: WishedRole
  about: string
  answers: EntryAnswers
  at: number
  state: 'waiting' | 'declined' | 'invited' | 'arrived' | 'run-out'
  role?: OfficeRole
}
type Decision = { is: 'granted'; role: OfficeRole } | { is: 'declined'; word: string; tell: boolean }
type Props = { one: ApplicationRow; fields: readonly EntryField[]; onMade: (made: Made) => void; onChanged: () => void }

/** Somebody who applied: what they wish for, and the decision on it. */
export function Application({ one, fields, onMade, onChanged }: Props) {
  const t = words.value
  const { desk, who, overview } = useDesk()
  const { draft, name, kana, mail, wish, about, at, state } = one
  const [role, setRole] = useState<OfficeRole>(one.role ?? wish)
  const [declining, setDeclining] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const decide = async (json: Decision) => {
    setProblem(null)
    const path = `/api/events/${who.event}/applications/${encodeURIComponent(draft)}`
    const answer = await desk.ask(path, { method: 'PUT', json })
    setDeclining(false)
    if (answer.kind === 'ok') {
      const { way } = answer.body as { way: Omit<Made, 'name'> | null }
      if (way) onMade({ ...way, name })
    } else {
      const { failed } = common.value
      setProblem(answer.kind === 'refused' ? failed.otherText(answer.code) : failed.offline)
    }
    if (answer.kind === 'ok' || answer.kind === 'refused') onChanged()
  }
  const isGiven = one.role !== undefined
  return (
    <form
      class="stack grow"
      onSubmit={(submit) => {
        submit.preventDefault()
        void decide({ is: 'granted', role: one.role ?? role })
      }}
    >
      <div>
        <b>{name}</b> {kana}
        <div class="soft">
          {mail}, {dayAndTime(at, overview.value?.event.timeZone)}
        </div>
        <div>{t.wishes(common.value.roles[wish])}</div>
        {about ? <p class="as-written">{about}</p> : null}
        <Facts rows={fields.map((field) => [said(field.label), answerText(field, one.answers[field.id])])} />
        <div class="soft">
          {isGiven ? t.given(common.value.roles[one.role ?? wish], t.states[state]) : t.states[state]}
        </div>
      </div>
      {isGiven ? null : (
        <Field label={t.roleOf(name)}>
          {(ids) => (
            <select {...ids} value={role} onChange={({ currentTarget }) => setRole(currentTarget.value as OfficeRole)}>
              {officeRolesOffered.map((offered) => (
                <option key={offered} value={offered}>
                  {common.value.roles[offered]}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {problem ? (
        <p class="notice no" role="alert">
          {problem}
        </p>
      ) : null}
      {state === 'arrived' ? null : (
        <>
          <Button type="submit" wide aria-label={isGiven ? t.showOf(name) : t.inviteOf(name)}>
            {state === 'run-out' ? t.inviteAgain : isGiven ? t.show : t.invite}
          </Button>
          {state === 'waiting' ? (
            <Button wide onClick={() => setDeclining(true)} aria-label={t.declineOf(name)}>
              {t.decline}
            </Button>
          ) : null}
        </>
      )}
      {declining ? (
        <Decline
          name={name}
          onClose={() => setDeclining(false)}
          onYes={(said) => decide({ is: 'declined', ...said })}
        />
      ) : null}
    </form>
  )
}

type DeclineProps = { name: string; onClose: () => void; onYes: (said: { word: string; tell: boolean }) => void }

/** Nobody is written to unless it is wanted. */
function Decline({ name, onClose, onYes }: DeclineProps) {
  const t = words.value
  const [tell, setTell] = useState(false)
  const [word, setWord] = useState('')
  return (
    <Dialog title={t.declineTitle(name)} onClose={onClose}>
      <Tick checked={tell} onChange={setTell}>
        {t.tell}
      </Tick>
      {tell ? (
        <Field label={t.word}>
          {(ids) => (
            <textarea
              {...ids}
              rows={3}
              maxLength={500}
              value={word}
              onInput={({ currentTarget }) => setWord(currentTarget.value)}
            />
          )}
        </Field>
      ) : null}
      <Button kind="refuse" wide onClick={() => onYes({ word: tell ? word : '', tell })}>
        {t.decline}
      </Button>
      <Button kind="bare" wide onClick={onClose}>
        {common.value.cancel}
      </Button>
    </Dialog>
  )
}
