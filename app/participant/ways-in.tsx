import { words } from '../i18n/participant-words.ts'
import { CodeForm } from '../ui/code-form.tsx'
import { askedPasscode } from './asked-passcode.ts'
import { NumberForm } from './number-form.tsx'
import { PasscodeForm } from './passcode-form.tsx'

/** Every way in that needs no link: by number and mailed passcode, or by an invitation's code. */
export function WaysIn() {
  const asked = askedPasscode.value
  const t = words.value.signIn
  return (
    <>
      {asked ? <PasscodeForm asked={asked} /> : <NumberForm />}
      <details class="more">
        <summary>{t.byCode}</summary>
        <CodeForm words={t} />
      </details>
    </>
  )
}
