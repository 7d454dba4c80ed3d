import { useState } from 'preact/hooks'
import { deviceName } from '../device/device-name.ts'
import { words } from '../i18n/participant-words.ts'
import type { Proof } from '../store/types.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { type EventChoice, EventField } from './open-events.tsx'
import { useOwnTeam } from './own-team.ts'
import { problemText } from './sign-in-problem.ts'

/** Asks for what the organizers gave out: a team's number and password, or an agent's id and secret. */
export function PasswordForm(choice: EventChoice) {
  const { session } = useOwnTeam().store
  const [id, setId] = useState('')
  const [secret, setSecret] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const t = words.value.signIn
  const isWhole = id.trim() !== '' && secret !== ''
  const enter = async () => {
    setBusy(true)
    setProblem(null)
    const answer = await session.prove(proofOf(choice.chosen.code, id, secret), deviceName())
    setBusy(false)
    if (!answer.ok) setProblem(problemText(answer, words.value))
  }
  return (
    <form
      class="sheet stack"
      onSubmit={(submit) => {
        submit.preventDefault()
        if (isWhole && !busy) void enter()
      }}
    >
      <EventField {...choice} />
      <Field label={t.idOrNumber}>
        {(ids) => (
          <input
            {...ids}
            class="digits"
            value={id}
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            maxLength={40}
            onInput={({ currentTarget }) => setId(currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t.password} {...(problem ? { problem } : {})}>
        {(ids) => (
          <input
            {...ids}
            type="password"
            value={secret}
            autocomplete="current-password"
            maxLength={200}
            onInput={({ currentTarget }) => setSecret(currentTarget.value)}
          />
        )}
      </Field>
      <Button kind="main" type="submit" disabled={!isWhole || busy}>
        {t.enter}
      </Button>
    </form>
  )
}

/** No bib number has a hyphen; every agent's id has one. */
function proofOf(event: string, typed: string, secret: string): Proof {
  const id = typed.normalize('NFKC').trim()
  return id.includes('-')
    ? { way: 'agent', event, agent: id, secret }
    : { way: 'team', event, number: id, password: secret }
}
