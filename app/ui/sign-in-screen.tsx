import type { ComponentChildren } from 'preact'
import { ErrorBoundary } from 'preact-iso'
import type { Role } from '../../design-docs/primitives.ts'
import type { Session } from '../store/types.ts'
import { invitation } from './invitation-link.ts'
import type { InvitedWords } from './invited.tsx'
import { lazyPart } from './lazy-part.tsx'

// Every start waits for this file, and hardly any has an invitation in hand.
const Invited = lazyPart(() => import('./invited.tsx').then((file) => file.Invited))

type SignInProps = {
  session: Pick<Session, 'state' | 'look' | 'signIn'>
  words: InvitedWords & { signIn: { title: string } }
  mayUse(role: Role): boolean
  /** How this app is given an invitation. */
  ask: ComponentChildren
  /** What can be set before anyone has signed in. */
  children?: ComponentChildren
}

/** The way in. Nothing is used up before the person agrees. */
export function SignInScreen({ session, words, mayUse, ask, children }: SignInProps) {
  const t = words.signIn
  return (
    <main id="main" class="screen sign-in">
      <h1 tabIndex={-1}>{t.title}</h1>
      {session.state.value === 'removed' || session.state.value === 'over' ? (
        <p class="notice no" role="alert">
          {t[session.state.value]}
        </p>
      ) : null}
      {invitation.value ? (
        <ErrorBoundary>
          <Invited
            session={session}
            token={invitation.value}
            words={words}
            mayUse={mayUse}
            onDone={() => {
              invitation.value = null
            }}
          />
        </ErrorBoundary>
      ) : (
        ask
      )}
      {children}
    </main>
  )
}
