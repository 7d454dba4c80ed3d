import { databases } from '../../design-docs/databases.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { words } from '../i18n/participant-words.ts'
import { SignInScreen } from '../ui/sign-in-screen.tsx'
import { useOwnTeam } from './own-team.ts'
import { Settings } from './settings.tsx'
import { WaysIn } from './ways-in.tsx'

/** The way in: by a link, its short code, or by number and passcode. */
export function SignIn() {
  const { session } = useOwnTeam().store
  return (
    <SignInScreen session={session} words={words.value} mayUse={mayUseTeamApp} ask={<WaysIn />}>
      <Settings />
    </SignInScreen>
  )
}

const mayUseTeamApp = (role: Role) => databases.team.readers.includes(role)
