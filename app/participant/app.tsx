import { useErrorBoundary } from 'preact/hooks'
import { LocationProvider, Route, Router } from 'preact-iso'
import { words } from '../i18n/participant-words.ts'
import { Button } from '../ui/button.tsx'
import { invitation } from '../ui/invitation-link.ts'
import { State } from '../ui/state.tsx'
import { CardScreen } from './card-screen.tsx'
import { type OwnTeam, OwnTeamContext, useOwnTeam } from './own-team.ts'
import { Screen } from './screen.tsx'
import { SignIn } from './sign-in.tsx'
import { StatusScreen } from './status-screen.tsx'
import { Strip } from './strip.tsx'

/** The whole participant app. */
export function App({ own }: { own: OwnTeam }) {
  const [error, reset] = useErrorBoundary()
  return (
    <OwnTeamContext.Provider value={own}>
      <LocationProvider scope="/team">
        <a class="skip" href="#main">
          {words.value.skip}
        </a>
        {error ? <Broken onReset={reset} /> : <Body />}
      </LocationProvider>
    </OwnTeamContext.Provider>
  )
}

function Body() {
  const { session } = useOwnTeam().store
  if (session.who.value === null || invitation.value !== null) return <SignIn />
  return (
    <div class="app">
      <Strip />
      <Router>
        <Route path="/team/" component={CardScreen} />
        <Route path="/team/status" component={StatusScreen} />
        <Route default component={Missing} />
      </Router>
    </div>
  )
}

function Missing() {
  const t = words.value.failed
  return (
    <Screen title={t.missing} quiet>
      <State icon="question" title={t.missing} text={t.missingText}>
        <a class="button main" href="/team/">
          {t.toCard}
        </a>
      </State>
    </Screen>
  )
}

/** A fault of the app itself; what it shows is on the server and in the copy, not in what broke. */
function Broken({ onReset }: { onReset: () => void }) {
  const t = words.value.failed
  return (
    <main id="main" class="screen">
      <State icon="attention" title={t.title} text={t.text}>
        <Button kind="main" onClick={() => location.reload()}>
          {t.reload}
        </Button>
        <Button wide onClick={onReset}>
          {words.value.retry}
        </Button>
      </State>
    </main>
  )
}
