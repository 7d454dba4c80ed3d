import { useEffect } from 'preact/hooks'
import { keepAwake } from '../device/wake-lock.ts'
import { words } from '../i18n/display-words.ts'
import { AppFrame } from '../ui/app-frame.tsx'
import { CodeForm } from '../ui/code-form.tsx'
import { invitation } from '../ui/invitation-link.ts'
import { SignInScreen } from '../ui/sign-in-screen.tsx'
import { Toasts } from '../ui/toast.tsx'
import type { Board } from './board.ts'
import { Screen } from './screen.tsx'

/** The whole app of a large screen: a way in, then results for as long as it is switched on. */
export function App({ board }: { board: Board }) {
  return (
    <>
      <AppFrame scope="/display" words={words.value}>
        <Body board={board} />
      </AppFrame>
      <Toasts />
    </>
  )
}

function Body({ board }: { board: Board }) {
  const { session } = board.store
  const signedOut = session.who.value === null || session.state.value === 'removed'
  useEffect(() => (signedOut ? undefined : keepAwake()), [signedOut])
  if (signedOut || invitation.value !== null) {
    return (
      <SignInScreen
        session={session}
        words={words.value}
        mayUse={(role) => role === 'display'}
        ask={<CodeForm words={words.value.signIn} />}
      />
    )
  }
  return <Screen board={board} />
}
