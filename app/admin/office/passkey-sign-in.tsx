import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser'
import { useState } from 'preact/hooks'
import { deviceName } from '../../device/device-name.ts'
import { Button } from '../../ui/button.tsx'
import type { Desk } from '../desk/desk.ts'
import { passkeyProblem } from './passkey-problem.ts'
import { words } from './passkey-words.ts'

/** The way in with a key of one's own device. */
export function PasskeySignIn({ desk }: { desk: Desk }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [working, setWorking] = useState(false)
  const t = words.value
  if (!browserSupportsWebAuthn()) return null
  const enter = async () => {
    setProblem(null)
    setWorking(true)
    try {
      const begun = await desk.askOpenly('/api/login/passkey/start', { method: 'POST', json: {} })
      if (begun.kind !== 'ok') return setProblem(begun.kind === 'refused' ? t.refused(begun.code) : t.offline)
      const response = await startAuthentication({ optionsJSON: begun.body as never })
      const answer = await desk.session.prove({ way: 'passkey', response }, deviceName())
      if (!answer.ok) setProblem(answer.reason === 'refused' ? t.refused(answer.code) : t.offline)
    } catch (error) {
      setProblem(passkeyProblem(error))
    } finally {
      setWorking(false)
    }
  }
  return (
    <section class="stack">
      <Button wide disabled={working} onClick={() => void enter()}>
        {t.enter}
      </Button>
      {problem ? (
        <p class="notice no" role="alert">
          {problem}
        </p>
      ) : null}
    </section>
  )
}
