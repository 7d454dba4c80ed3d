import { useState } from 'preact/hooks'
import { words } from '../i18n/participant-words.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { askedPasscode } from './asked-passcode.ts'
import { type EventChoice, EventField } from './open-events.tsx'
import { useOwnTeam } from './own-team.ts'
import { problemText } from './sign-in-problem.ts'

/** Asks for the receipt number, and has a passcode mailed. */
export function NumberForm(choice: EventChoice) {
  const { session } = useOwnTeam().store
  const [number, setNumber] = useState('')
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const t = words.value.signIn
  const event = choice.chosen.code
  const typed = number.normalize('NFKC').replace(/\s/g, '')
  const send = async () => {
    setSending(true)
    setProblem(null)
    const answer = await session.askPasscode(event, typed)
    setSending(false)
    if (!answer.ok) return setProblem(problemText(answer, words.value))
    const askedAt = Date.now()
    askedPasscode.value = { event, number: typed, askedAt, againAt: askedAt + answer.askAgainInMs }
  }
  return (
    <form
      class="sheet stack"
      onSubmit={(submit) => {
        submit.preventDefault()
        if (typed !== '' && !sending) void send()
      }}
    >
      <p>{t.byNumber}</p>
      <EventField {...choice} />
      <Field label={t.number} {...(problem ? { problem } : {})}>
        {(ids) => (
          <input
            {...ids}
            class="digits"
            value={number}
            inputMode="numeric"
            autocomplete="off"
            maxLength={12}
            onInput={({ currentTarget }) => setNumber(currentTarget.value)}
          />
        )}
      </Field>
      <Button kind="main" type="submit" disabled={typed === '' || sending}>
        {sending ? t.sending : t.send}
      </Button>
    </form>
  )
}
