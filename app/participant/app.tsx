import { Route, Router } from 'preact-iso'
import { words } from '../i18n/participant-words.ts'
import { AppFrame } from '../ui/app-frame.tsx'
import { invitation } from '../ui/invitation-link.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { State } from '../ui/state.tsx'
import { Toasts } from '../ui/toast.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { CardScreen } from './card-screen.tsx'
import { type OwnTeam, OwnTeamContext, useOwnTeam } from './own-team.ts'
import { Screen } from './screen.tsx'
import { SignIn } from './sign-in.tsx'
import { Strip } from './strip.tsx'

const CheckInScreen = lazyPart(() => import('./check-in/check-in-screen.tsx').then((file) => file.CheckInScreen))
const VisitScreen = lazyPart(() => import('./check-in/visit-screen.tsx').then((file) => file.VisitScreen))
const NumberScreen = lazyPart(() => import('./home/number-screen.tsx').then((file) => file.NumberScreen))
const ReadyScreen = lazyPart(() => import('./home/ready-screen.tsx').then((file) => file.ReadyScreen))
const ChatScreen = lazyPart(() => import('./chat/chat-screen.tsx').then((file) => file.ChatScreen))
const NoticesScreen = lazyPart(() => import('./notices-screen.tsx').then((file) => file.NoticesScreen))
const InfoScreen = lazyPart(() => import('./info-screen.tsx').then((file) => file.InfoScreen))
const PalettesScreen = lazyPart(() => import('./palettes/palettes-screen.tsx').then((file) => file.PalettesScreen))
const StatusScreen = lazyPart(() => import('./status-screen.tsx').then((file) => file.StatusScreen))

/** The whole participant app. */
export function App({ own }: { own: OwnTeam }) {
  return (
    <OwnTeamContext.Provider value={own}>
      <AppFrame scope="/team" words={words.value}>
        <Body />
      </AppFrame>
      <Toasts />
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
        <Route path="/team/check-in" component={CheckInScreen} />
        <Route path="/team/check-in/:number" component={VisitScreen} />
        <Route path="/team/notices" component={NoticesScreen} />
        <Route path="/team/number" component={NumberScreen} />
        <Route path="/team/ready" component={ReadyScreen} />
        <Route path="/team/chat" component={ChatScreen} />
        <Route path="/team/info/:kind?/:slug?" component={InfoScreen} />
        <Route path="/team/palettes" component={PalettesScreen} />
        <Route path="/team/status" component={StatusScreen} />
        <Route default component={Missing} />
      </Router>
      <BottomBar />
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
