import { browserSupportsWebAuthn, startRegistration } from '@simplewebauthn/browser'
import { useState } from 'preact/hooks'
import { dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { passkeyProblem } from './passkey-problem.ts'
import { words } from './passkey-words.ts'

type Key = { id: string; label: string; madeAt: number; usedAt: number | null }

/** The admin's own keys: which there are, a further one, and the end of one. */
export function PasskeysPart() {
  const t = words.value
  const { desk, live, who } = useDesk()
  const [label, setLabel] = useState(t.device)
  const [problem, setProblem] = useState<string | null>(null)
  const [working, setWorking] = useState(false)
  const path = `/api/events/${who.event}/passkeys`
  const loaded = useLoaded<{ passkeys: Key[] }>(path, { desk, live, concerns: () => false })
  const tell = (answer: Awaited<ReturnType<typeof desk.ask>>, done: string) => {
    if (answer.kind === 'ok') {
      toast(done)
      return loaded.reload()
    }
    setProblem(answer.kind === 'refused' ? t.refused(answer.code) : t.offline)
  }
  const make = async () => {
    setProblem(null)
    setWorking(true)
    try {
      const begun = await desk.ask(`${path}/start`, { method: 'POST', json: {} })
      if (begun.kind !== 'ok') return tell(begun, '')
      const response = await startRegistration({ optionsJSON: begun.body as never })
      tell(await desk.ask(path, { method: 'POST', json: { response, label: label.trim() || t.device } }), t.made)
    } catch (error) {
      setProblem(passkeyProblem(error))
    } finally {
      setWorking(false)
    }
  }
  const remove = async (key: Key) =>
    tell(await desk.ask(`${path}/${encodeURIComponent(key.id)}`, { method: 'DELETE' }), t.removed)
  return (
    <section class="sheet stack">
      <h2>{t.title}</h2>
      <p class="soft">{t.text}</p>
      <Shown loaded={loaded}>
        {({ passkeys }) =>
          passkeys.length === 0 ? (
            <p class="soft">{t.none}</p>
          ) : (
            <ul class="list">
              {passkeys.map((key) => (
                <li key={key.id}>
                  <div class="grow">
                    <b>{key.label}</b>
                    <div class="soft">
                      {t.madeAt(dayAndTime(key.madeAt))}
                      {key.usedAt === null ? '' : ` · ${t.usedAt(dayAndTime(key.usedAt))}`}
                    </div>
                  </div>
                  <Button onClick={() => void remove(key)} aria-label={t.removeOf(key.label)}>
                    {t.remove}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      {browserSupportsWebAuthn() ? (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void make()
          }}
        >
          <Field label={t.label} {...(problem ? { problem } : {})}>
            {(ids) => (
              <input
                {...ids}
                value={label}
                maxLength={80}
                onInput={({ currentTarget }) => setLabel(currentTarget.value)}
              />
            )}
          </Field>
          <Button type="submit" wide disabled={working}>
            {t.make}
          </Button>
        </form>
      ) : (
        <p class="notice">{t.cannot}</p>
      )}
    </section>
  )
}
