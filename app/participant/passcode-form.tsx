import { useEffect, useState } from 'preact/hooks'
import { deviceName } from '../device/device-name.ts'
import { words } from '../i18n/participant-words.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { type AskedPasscode, askedPasscode } from './asked-passcode.ts'
import { useOwnTeam } from './own-team.ts'
import { problemText } from './sign-in-problem.ts'

/** Asks for the six digits that were mailed; they can be mailed again after a pause. */
export function PasscodeForm({ asked }: { asked: AskedPasscode }) {
  const { session } = useOwnTeam().store
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [sentAgain, setSentAgain] = useState(false)
  const waitSeconds = useSecondsUntil(asked.againAt)
  const t = words.value.signIn
  const digits = text.normalize('NFKC').replace(/[^0-9]/g, '')

  const enter = async () => {
    setBusy(true)
    setProblem(null)
    const { event, number } = asked
    const answer = await session.prove({ way: 'passcode', event, number, passcode: digits }, deviceName())
    setBusy(false)
    if (answer.ok) askedPasscode.value = null
    else setProblem(problemText(answer, words.value))
  }
  const sendAgain = async () => {
    setBusy(true)
    setProblem(null)
    const answer = await session.askPasscode(asked.event, asked.number)
    setBusy(false)
    if (!answer.ok) return setProblem(problemText(answer, words.value))
    const askedAt = Date.now()
    askedPasscode.value = { ...asked, askedAt, againAt: askedAt + answer.askAgainInMs }
    setSentAgain(true)
  }
  return (
    <form
      class="sheet stack"
      onSubmit={(submit) => {
        submit.preventDefault()
        if (digits.length === 6 && !busy) void enter()
      }}
    >
      <p role="status">{sentAgain ? t.sentAgain : t.sent(asked.number)}</p>
      <Field label={t.passcode} hint={t.passcodeHint} {...(problem ? { problem } : {})}>
        {(ids) => (
          <input
            {...ids}
            class="digits"
            value={text}
            inputMode="numeric"
            autocomplete="one-time-code"
            maxLength={10}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        )}
      </Field>
      <Button kind="main" type="submit" disabled={digits.length !== 6 || busy}>
        {t.enter}
      </Button>
      <Button wide disabled={waitSeconds > 0 || busy} onClick={() => void sendAgain()}>
        {waitSeconds > 0 ? t.sendAgainIn(waitSeconds) : t.sendAgain}
      </Button>
      <p class="soft">{t.noMail}</p>
      <Button
        kind="bare"
        wide
        onClick={() => {
          askedPasscode.value = null
        }}
      >
        {t.otherNumber}
      </Button>
    </form>
  )
}

/** Counts down to an instant of this device's clock; 0 once it is there. */
function useSecondsUntil(at: number): number {
  const left = () => Math.max(0, Math.ceil((at - Date.now()) / 1000))
  const [seconds, setSeconds] = useState(left)
  useEffect(() => {
    setSeconds(left())
    const timer = setInterval(() => setSeconds(left()), 1000)
    return () => clearInterval(timer)
  }, [at])
  return seconds
}
