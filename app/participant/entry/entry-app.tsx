import { Route, Router, useLocation } from 'preact-iso'
import { words } from '../../i18n/entry-words.ts'
import { AppFrame } from '../../ui/app-frame.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { SettingsSheet } from '../../ui/settings-sheet.tsx'
import { State } from '../../ui/state.tsx'
import { Toasts } from '../../ui/toast.tsx'
import { EntryContext, type EntryTools } from './entry-context.ts'
import { EntryScreen } from './entry-screen.tsx'
import { FormScreen } from './form-screen.tsx'

const ApplyScreen = lazyPart(() => import('../apply/apply-screen.tsx').then((file) => file.ApplyScreen))

/** The entry form, and an entry for whoever has its link; the form of those who apply as staff. */
export function EntryApp({ tools }: { tools: EntryTools }) {
  return (
    <EntryContext.Provider value={tools}>
      <AppFrame scope={/^\/team\/(?:enter|entry)\//} words={words.value}>
        <Screens />
        <Toasts />
      </AppFrame>
    </EntryContext.Provider>
  )
}

function Screens() {
  const { path } = useLocation()
  const t = words.value
  return (
    <div class="entry" key={path}>
      <Router>
        <Route path="/team/enter/:event" component={FormScreen} />
        <Route path="/team/enter/:event/staff" component={ApplyScreen} />
        <Route path="/team/entry/:event/:draft" component={EntryScreen} />
        <Route default component={Missing} />
      </Router>
      <footer class="screen">
        <SettingsSheet words={{ title: t.settings, language: t.languageTitle, theme: t.theme }} />
      </footer>
    </div>
  )
}

function Missing() {
  const t = words.value.failed
  return (
    <main id="main" class="screen">
      <State icon="question" title={t.missing} text={t.missingText} />
    </main>
  )
}
