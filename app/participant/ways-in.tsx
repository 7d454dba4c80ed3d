import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { words } from '../i18n/participant-words.ts'
import { Button } from '../ui/button.tsx'
import { CodeForm } from '../ui/code-form.tsx'
import { State } from '../ui/state.tsx'
import { askedPasscode } from './asked-passcode.ts'
import { NumberForm } from './number-form.tsx'
import { type EventChoice, useOpenEvents } from './open-events.tsx'
import { PasscodeForm } from './passcode-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { problemText } from './sign-in-problem.ts'

/** Every way in that needs no link: by number and mailed passcode, by password, or by an invitation's code. */
export function WaysIn() {
  const asked = askedPasscode.value
  const t = words.value.signIn
  return (
    <>
      {asked ? (
        <PasscodeForm asked={asked} />
      ) : (
        <OfEvent>
          {(choice) => (
            <>
              <NumberForm {...choice} />
              <details class="more">
                <summary>{t.byPassword}</summary>
                <PasswordForm {...choice} />
              </details>
            </>
          )}
        </OfEvent>
      )}
      <details class="more">
        <summary>{t.byCode}</summary>
        <CodeForm words={t} />
      </details>
    </>
  )
}

/** What needs to know the event; says so where the server cannot be asked. */
function OfEvent({ children }: { children: (choice: EventChoice) => ComponentChildren }) {
  const { found, reload } = useOpenEvents()
  const [code, choose] = useState<string | null>(null)
  if (found === null) return <p role="status">{words.value.signIn.connecting}</p>
  if (!found.ok) {
    return (
      <div class="sheet" role="alert">
        <State icon="offline" title={problemText(found, words.value)}>
          <Button wide onClick={reload}>
            {words.value.retry}
          </Button>
        </State>
      </div>
    )
  }
  const { events } = found
  const chosen = events.find((one) => one.code === code) ?? events[0]
  return chosen ? children({ events, chosen, choose }) : null
}
