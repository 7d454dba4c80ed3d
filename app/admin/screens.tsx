import { Route, Router } from 'preact-iso'
import { words } from '../i18n/admin-words.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { State } from '../ui/state.tsx'
import { OverviewPage } from './overview-page.tsx'
import { Page } from './page.tsx'

const ReviewPage = lazyPart(() => import('./review/review-page.tsx').then((file) => file.ReviewPage))
const RankingsPage = lazyPart(() => import('./results/rankings-page.tsx').then((file) => file.RankingsPage))
const TeamsPage = lazyPart(() => import('./results/teams-page.tsx').then((file) => file.TeamsPage))
const TeamPage = lazyPart(() => import('./results/team-page.tsx').then((file) => file.TeamPage))
const DevicesPage = lazyPart(() => import('./office/devices-page.tsx').then((file) => file.DevicesPage))
const ProblemsPage = lazyPart(() => import('./office/problems-page.tsx').then((file) => file.ProblemsPage))
const CashUpPage = lazyPart(() => import('./office/cash-up-page.tsx').then((file) => file.CashUpPage))
const CasesPage = lazyPart(() => import('./office/cases-page.tsx').then((file) => file.CasesPage))
const ParcelsPage = lazyPart(() => import('./office/parcels-page.tsx').then((file) => file.ParcelsPage))
const InvitationsPage = lazyPart(() => import('./office/invitations-page.tsx').then((file) => file.InvitationsPage))
const DisputesPage = lazyPart(() => import('./disputes/disputes-page.tsx').then((file) => file.DisputesPage))
const OutPage = lazyPart(() => import('./disputes/out-page.tsx').then((file) => file.OutPage))
const LinksPage = lazyPart(() => import('./images/links-page.tsx').then((file) => file.LinksPage))
const AuditPage = lazyPart(() => import('./disputes/audit-page.tsx').then((file) => file.AuditPage))
const ChatPage = lazyPart(() => import('./chat/chat-page.tsx').then((file) => file.ChatPage))
const NoticesPage = lazyPart(() => import('./office/notices-page.tsx').then((file) => file.NoticesPage))
const PagesPage = lazyPart(() => import('./pages/pages-page.tsx').then((file) => file.PagesPage))
const SurveysPage = lazyPart(() => import('./surveys/surveys-page.tsx').then((file) => file.SurveysPage))
const ResultsPage = lazyPart(() => import('./surveys/results-page.tsx').then((file) => file.ResultsPage))
const PalettesPage = lazyPart(() => import('./palettes/palettes-page.tsx').then((file) => file.PalettesPage))
const UploadsPage = lazyPart(() => import('./uploads/uploads-page.tsx').then((file) => file.UploadsPage))
const BatchPage = lazyPart(() => import('./uploads/batch-page.tsx').then((file) => file.BatchPage))
const AlikePage = lazyPart(() => import('./uploads/alike-page.tsx').then((file) => file.AlikePage))
const StationsPage = lazyPart(() => import('./post/stations-page.tsx').then((file) => file.StationsPage))
const MailingsPage = lazyPart(() => import('./post/mailings-page.tsx').then((file) => file.MailingsPage))
const MailsPage = lazyPart(() => import('./office/mails-page.tsx').then((file) => file.MailsPage))
const ForgettingPage = lazyPart(() => import('./forgetting/forgetting-page.tsx').then((file) => file.ForgettingPage))
const PrintPage = lazyPart(() => import('./print/print-page.tsx').then((file) => file.PrintPage))
const ExportsPage = lazyPart(() => import('./exports/exports-page.tsx').then((file) => file.ExportsPage))
const ScoreboardsPage = lazyPart(() =>
  import('./scoreboards/scoreboards-page.tsx').then((file) => file.ScoreboardsPage),
)
const SetupPage = lazyPart(() => import('./setup/setup-page.tsx').then((file) => file.SetupPage))

/** Path to screen. All but the first come when they are first asked for. */
export function Screens() {
  return (
    <Router>
      <Route path="/admin/" component={OverviewPage} />
      <Route path="/admin/review" component={ReviewPage} />
      <Route path="/admin/disputes" component={DisputesPage} />
      <Route path="/admin/disputes/:tab" component={DisputesPage} />
      <Route path="/admin/out" component={OutPage} />
      <Route path="/admin/links" component={LinksPage} />
      <Route path="/admin/audit" component={AuditPage} />
      <Route path="/admin/rankings" component={RankingsPage} />
      <Route path="/admin/rankings/:classId" component={RankingsPage} />
      <Route path="/admin/teams" component={TeamsPage} />
      <Route path="/admin/teams/:team" component={TeamPage} />
      <Route path="/admin/devices" component={DevicesPage} />
      <Route path="/admin/problems" component={ProblemsPage} />
      <Route path="/admin/cash-up" component={CashUpPage} />
      <Route path="/admin/cases" component={CasesPage} />
      <Route path="/admin/parcels" component={ParcelsPage} />
      <Route path="/admin/invitations" component={InvitationsPage} />
      <Route path="/admin/notices" component={NoticesPage} />
      <Route path="/admin/chat" component={ChatPage} />
      <Route path="/admin/chat/:team" component={ChatPage} />
      <Route path="/admin/pages" component={PagesPage} />
      <Route path="/admin/surveys" component={SurveysPage} />
      <Route path="/admin/surveys/:survey" component={ResultsPage} />
      <Route path="/admin/palettes" component={PalettesPage} />
      <Route path="/admin/uploads" component={UploadsPage} />
      <Route path="/admin/uploads/alike" component={AlikePage} />
      <Route path="/admin/uploads/:batch" component={BatchPage} />
      <Route path="/admin/mails" component={MailsPage} />
      <Route path="/admin/mails/stations" component={StationsPage} />
      <Route path="/admin/mails/mailings" component={MailingsPage} />
      <Route path="/admin/forgetting" component={ForgettingPage} />
      <Route path="/admin/print" component={PrintPage} />
      <Route path="/admin/exports" component={ExportsPage} />
      <Route path="/admin/scoreboards" component={ScoreboardsPage} />
      <Route path="/admin/setup" component={SetupPage} />
      <Route path="/admin/setup/:part" component={SetupPage} />
      <Route default component={Missing} />
    </Router>
  )
}

function Missing() {
  const t = words.value
  return (
    <Page title={t.failed.missing}>
      <State icon="question" title={t.failed.missing} text={t.failed.missingText}>
        <a class="button" href="/admin/">
          {t.nav.overview}
        </a>
      </State>
    </Page>
  )
}
