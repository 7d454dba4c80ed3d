import { useState } from 'preact/hooks'
import { databases } from '../../design-docs/databases.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { words } from '../i18n/words.ts'
import { OpenId } from '../sign-in/open-id.tsx'
import { Button } from '../ui/button.tsx'
import { CodeForm } from '../ui/code-form.tsx'
import { invitation, tokenInLink } from '../ui/invitation-link.ts'
import { SignInScreen } from '../ui/sign-in-screen.tsx'
import { usePhone } from './phone.ts'
import { ScanBox } from './scan-box.tsx'
import { SettingsSheet } from './settings-sheet.tsx'

/** The way in: by a link, by its QR, or by its short code. */
export function SignIn() {
  const { session } = usePhone().store
  return (
    <SignInScreen session={session} words={words.value} mayUse={mayUseStaffApp} ask={<AskForInvitation />}>
      <SettingsSheet />
    </SignInScreen>
  )
}

/** Code or QR; either ends as the invitation that is looked at next. */
export function AskForInvitation() {
  const t = words.value.signIn
  const { session } = usePhone().store
  const [scanning, setScanning] = useState(false)
  const [problem, setProblem] = useState<string>()
  const scanned = (text: string) => {
    const token = tokenInLink(text)
    if (token) invitation.value = token
    else setProblem(t.notInvitation)
  }
  return (
    <>
      <CodeForm words={t} problem={problem} />
      {scanning ? <ScanBox onText={scanned} aim={t.scan} /> : null}
      <Button wide onClick={() => setScanning(!scanning)}>
        {scanning ? t.stopScan : t.scan}
      </Button>
      <OpenId app="staff" session={session} />
    </>
  )
}

const mayUseStaffApp = (role: Role) => databases.roster.readers.includes(role)
