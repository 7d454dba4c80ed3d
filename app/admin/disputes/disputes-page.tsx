import { CountsPage } from './counts-page.tsx'
import type { DisputeTab } from './dispute-tabs.tsx'
import { DoublesPage } from './doubles-page.tsx'
import { ProtestsPage } from './protests-page.tsx'
import { TimesPage } from './times-page.tsx'
import './disputes.css'

const pages = { protests: ProtestsPage, doubles: DoublesPage, counts: CountsPage, times: TimesPage } as const
const isTab = (tab: string | undefined): tab is DisputeTab => tab !== undefined && tab in pages

/** Everything about decisions that is not the queue itself. */
export function DisputesPage({ tab }: { tab?: string }) {
  const Shown = pages[isTab(tab) ? tab : 'protests']
  return <Shown />
}
