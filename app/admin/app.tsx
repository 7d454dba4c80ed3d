import { ErrorBoundary, LocationProvider } from 'preact-iso'
import { invitation } from '../ui/invitation-link.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { openIdAnswer } from '../ui/open-id-link.ts'
import { Toasts } from '../ui/toast.tsx'
import type { Desk } from './desk/desk.ts'
import { DeskProvider } from './desk/desk-provider.tsx'
import { Screens } from './screens.tsx'
import { setUpToken } from './set-up/set-up-link.ts'
import { Shell } from './shell.tsx'
import { SignIn } from './sign-in.tsx'

const SetUpPage = lazyPart(() => import('./set-up/set-up-page.tsx').then((file) => file.SetUpPage))

/** The first installation, sign-in, or the console of the event that one is signed in to. */
export function App({ desk }: { desk: Desk }) {
  const { who, state } = desk.session
  const signingIn =
    who.value === null ||
    invitation.value !== null ||
    openIdAnswer.value !== null ||
    state.value === 'removed' ||
    state.value === 'over'
  return (
    <LocationProvider>
      {setUpToken.value !== null ? (
        <ErrorBoundary onError={(error) => console.error(error)}>
          <SetUpPage desk={desk} token={setUpToken.value} />
        </ErrorBoundary>
      ) : signingIn || who.value === null ? (
        <SignIn desk={desk} />
      ) : (
        <DeskProvider desk={desk} who={who.value} key={`${who.value.event} ${who.value.account}`}>
          <Shell>
            <ErrorBoundary onError={(error) => console.error(error)}>
              <Screens />
            </ErrorBoundary>
          </Shell>
        </DeskProvider>
      )}
      <Toasts />
    </LocationProvider>
  )
}
