import { ErrorBoundary } from 'preact-iso'
import type { Role } from '../../design-docs/primitives.ts'
import { words } from '../i18n/admin-words.ts'
import { OpenId } from '../sign-in/open-id.tsx'
import { CodeForm } from '../ui/code-form.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { SignInScreen } from '../ui/sign-in-screen.tsx'
import type { Desk } from './desk/desk.ts'

// Where it does not come, there are the other ways in.
const PasskeySignIn = lazyPart(
  () => import('./office/passkey-sign-in.tsx').then((file) => file.PasskeySignIn),
  () => null,
)

/** The way in, by link, by code or by a key of the device. */
export function SignIn({ desk }: { desk: Desk }) {
  const ask = (
    <>
      <CodeForm words={words.value.signIn} />
      <ErrorBoundary>
        <PasskeySignIn desk={desk} />
      </ErrorBoundary>
      <OpenId app="admin" session={desk.session} />
    </>
  )
  return <SignInScreen session={desk.session} words={words.value} mayUse={mayUseDesk} ask={ask} />
}

const mayUseDesk = (role: Role) => role === 'judge' || role === 'admin' || role === 'core'
