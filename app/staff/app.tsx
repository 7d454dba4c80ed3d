import { useEffect, useState } from 'preact/hooks'
import { ErrorBoundary, Route, Router, useLocation } from 'preact-iso'
import { words } from '../i18n/words.ts'
import { AppFrame } from '../ui/app-frame.tsx'
import { invitation } from '../ui/invitation-link.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { openIdAnswer } from '../ui/open-id-link.ts'
import { State } from '../ui/state.tsx'
import { Toasts } from '../ui/toast.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { FirstSync } from './first-sync.tsx'
import { type Phone, PhoneContext, usePhone } from './phone.ts'
import { photoWish } from './photo-flow.ts'
import { leaveVerdict, shown } from './scan-flow.ts'
import { ScanScreen } from './scan-screen.tsx'
import { Screen } from './screen.tsx'
import { SignIn } from './sign-in.tsx'
import { Strip } from './strip.tsx'
import { VerdictScreen, VerdictVoice } from './verdict-screen.tsx'

// What the first screen does not need comes a moment later, from the phone's own copy.
const others = () => import('./other-screens.ts')
const InfoScreen = lazyPart(() => others().then((all) => all.InfoScreen))
const NoticesScreen = lazyPart(() => others().then((all) => all.NoticesScreen))
const ReceptionScreen = lazyPart(() => others().then((all) => all.ReceptionScreen))
const PhotoScreen = lazyPart(() => others().then((all) => all.PhotoScreen))
const RecordsScreen = lazyPart(() => others().then((all) => all.RecordsScreen))
const SearchScreen = lazyPart(() => others().then((all) => all.SearchScreen))
const StationScreen = lazyPart(() => others().then((all) => all.StationScreen))
const SyncScreen = lazyPart(() => others().then((all) => all.SyncScreen))
const TeamScreen = lazyPart(() => others().then((all) => all.TeamScreen))
const WalkInScreen = lazyPart(() => others().then((all) => all.WalkInScreen))

/** The whole staff app on one phone. */
export function App({ phone }: { phone: Phone }) {
  return (
    <PhoneContext.Provider value={phone}>
      <AppFrame scope="/staff" words={words.value}>
        <Body />
      </AppFrame>
      <Toasts />
    </PhoneContext.Provider>
  )
}

function Body() {
  const phone = usePhone()
  const { store } = phone
  const { path } = useLocation()
  const [skipped, setSkipped] = useState(false)
  const signedOut = store.session.who.value === null || store.session.state.value === 'removed'
  // Whoever goes elsewhere, by the strip or the phone's own back button, is done with the verdict.
  useEffect(() => void leaveVerdict(phone), [path, phone])
  // Fetched while there may still be a network, since a phone without a service worker has no copy of its own.
  useEffect(() => {
    const keep = ({ carryWhenOnline, keepPictures }: Awaited<ReturnType<typeof others>>) => {
      carryWhenOnline(store)
      keepPictures(store)
    }
    const timer = setTimeout(() => void others().then(keep, () => undefined), 2000)
    return () => clearTimeout(timer)
  }, [])
  if (signedOut || invitation.value !== null || openIdAnswer.value !== null) return <SignIn />
  const { board, carried } = store.mirrors
  const filling = [board, carried].some(({ state }) => state.value === 'empty' || state.value === 'filling')
  const covered = shown.value !== null || photoWish.value !== null
  return (
    <div class={`app${covered ? ' covered' : ''}`}>
      <Strip />
      <VerdictVoice />
      {photoWish.value ? (
        <ErrorBoundary>
          <PhotoScreen wish={photoWish.value} />
        </ErrorBoundary>
      ) : shown.value ? (
        <VerdictScreen seen={shown.value} />
      ) : null}
      {filling && !skipped ? (
        <FirstSync onSkip={() => setSkipped(true)} />
      ) : (
        <div class="stage" hidden={covered}>
          <Screens />
        </div>
      )}
      {covered ? null : <BottomBar />}
    </div>
  )
}

function Screens() {
  return (
    <ErrorBoundary>
      <Router>
        <Route path="/staff/" component={ScanScreen} />
        <Route path="/staff/search" component={SearchScreen} />
        <Route path="/staff/team/:number" component={TeamScreen} />
        <Route path="/staff/team/:number/reception" component={ReceptionScreen} />
        <Route path="/staff/team/:number/new" component={WalkInScreen} />
        <Route path="/staff/records" component={RecordsScreen} />
        <Route path="/staff/notices" component={NoticesScreen} />
        <Route path="/staff/info/:kind?/:slug?" component={InfoScreen} />
        <Route path="/staff/sync" component={SyncScreen} />
        <Route path="/staff/station" component={StationScreen} />
        <Route default component={Missing} />
      </Router>
    </ErrorBoundary>
  )
}

function Missing() {
  const t = words.value.failed
  return (
    <Screen title={t.missing}>
      <State icon="question" title={t.missing} text={t.missingText}>
        <a class="button main" href="/staff/">
          {t.toScan}
        </a>
      </State>
    </Screen>
  )
}
