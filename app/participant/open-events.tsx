import { useEffect, useState } from 'preact/hooks'
import { said } from '../i18n/dictionary.ts'
import { words } from '../i18n/participant-words.ts'
import type { OpenEvent, Refusal } from '../store/types.ts'
import { Field } from '../ui/field.tsx'
import { useOwnTeam } from './own-team.ts'

export type Events = { ok: true; events: readonly OpenEvent[] } | Refusal

/** What can be signed in to; null while it is being asked. */
export function useOpenEvents(): { found: Events | null; reload(): void } {
  const { session } = useOwnTeam().store
  const [found, setFound] = useState<Events | null>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let current = true
    setFound(null)
    void session.openEvents().then((answer) => {
      if (current) setFound(answer)
    })
    return () => {
      current = false
    }
  }, [tries])
  return { found, reload: () => setTries((before) => before + 1) }
}

export type EventChoice = { events: readonly OpenEvent[]; chosen: OpenEvent; choose(code: string): void }

/** Which event it is; a choice only where there is one. */
export function EventField({ events, chosen, choose }: EventChoice) {
  if (events.length === 1) return <p class="name">{said(chosen.name)}</p>
  return (
    <Field label={words.value.signIn.event}>
      {(ids) => (
        <select {...ids} value={chosen.code} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {events.map(({ code, name }) => (
            <option key={code} value={code}>
              {said(name)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
