import type { Role } from '../../design-docs/primitives.ts'
import { words } from '../i18n/admin-words.ts'
import { OpenId } from '../sign-in/open-id.tsx'
import { CodeForm } from '../ui/code-form.tsx'
import { SignInScreen } from '../ui/sign-in-screen.tsx'
import type { Desk } from './desk/desk.ts'

/** The way in, by link or by code. */
export function SignIn({ desk }: { desk: Desk }) {
  const ask = (
    <>
      <CodeForm words={words.value.signIn} />
      <OpenId app="admin" session={desk.session} />
    </>
  )
  return <SignInScreen session={desk.session} words={words.value} mayUse={mayUseDesk} ask={ask} />
}

const mayUseDesk = (role: Role) => role === 'judge' || role === 'admin' || role === 'core'
