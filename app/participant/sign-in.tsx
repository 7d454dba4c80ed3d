import { databases } from '../../design-docs/databases.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { words } from '../i18n/participant-words.ts'
import { CodeForm } from '../ui/code-form.tsx'
import { SignInScreen } from '../ui/sign-in-screen.tsx'
import { useOwnTeam } from './own-team.ts'
import { Settings } from './settings.tsx'

/** The way in: by a link or by its short code. */
export function SignIn() {
  const { session } = useOwnTeam().store
  const ask = <CodeForm words={words.value.signIn} />
  return (
    <SignInScreen session={session} words={words.value} mayUse={mayUseTeamApp} ask={ask}>
      <Settings />
    </SignInScreen>
  )
}

const mayUseTeamApp = (role: Role) => databases.team.readers.includes(role)
