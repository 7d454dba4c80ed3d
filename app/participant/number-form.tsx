import { useEffect, useState } from 'preact/hooks'
import { said } from '../i18n/dictionary.ts'
import { words } from '../i18n/participant-words.ts'
import type { OpenEvent, Refusal } from '../store/types.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { State } from '../ui/state.tsx'
import { askedPasscode } from './asked-passcode.ts'
import { useOwnTeam } from './own-team.ts'
import { problemText } from './sign-in-problem.ts'

/** Asks for the receipt number, and has a passcode mailed. */
export function NumberForm() {
  const { session } = useOwnTeam().store
  const { events, reload } = useOpenEvents()
  const [chosen, setChosen] = useState<string | null>(null)
  const [number, setNumber] = useState('')
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const t = words.value.signIn

  if (events === null) return <p role="status">{t.connecting}</p>
  if (!events.ok) {
    return (
      <div class="sheet" role="alert">
        <State icon="offline" title={problemText(events, words.value)}>
          <Button wide onClick={reload}>
            {words.value.retry}
          </Button>
        </State>
      </div>
    )
  }
  const event = events.list.find(({ code }) => code === chosen) ?? events.list[0]
  if (!event) return null
  const typed = number.normalize('NFKC').replace(/\s/g, '')
  const send = async () => {
    setSending(true)
    setProblem(null)
    const answer = await session.askPasscode(event.code, typed)
    setSending(false)
    if (!answer.ok) return setProblem(problemText(answer, words.value))
    const askedAt = Date.now()
    askedPasscode.value = { event: event.code, number: typed, askedAt, againAt: askedAt + answer.askAgainInMs }
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
      {events.list.length > 1 ? (
        <Field label={t.event}>
          {(ids) => (
            <select {...ids} value={event.code} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
              {events.list.map(({ code, name }) => (
                <option key={code} value={code}>
                  {said(name)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : (
        <p class="name">{said(event.name)}</p>
      )}
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

type Events = { ok: true; list: readonly OpenEvent[] } | Refusal

function useOpenEvents(): { events: Events | null; reload(): void } {
  const { session } = useOwnTeam().store
  const [events, setEvents] = useState<Events | null>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let current = true
    setEvents(null)
    void session.openEvents().then((answer) => {
      if (current) setEvents(answer.ok ? { ok: true, list: answer.events } : answer)
    })
    return () => {
      current = false
    }
  }, [tries])
  return { events, reload: () => setTries((before) => before + 1) }
}
