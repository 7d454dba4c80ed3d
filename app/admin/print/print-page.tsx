import type { TeamRow } from '../../../design-docs/console.ts'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { BibsPart } from './bibs-part.tsx'
import { BlankPart } from './blank-part.tsx'
import { PostersPart } from './posters-part.tsx'
import './print.css'
import { printWords } from './print-words.ts'

/** What goes on paper. */
export function PrintPage() {
  const { desk, live, who } = useDesk()
  const concerns = ({ teams }: { teams: string[] }) => teams.length > 0
  const path = `/api/events/${who.event}/teams`
  const loaded = useLoaded<{ teams: TeamRow[] }>(path, { desk, live, concerns, gatherMs: 2000 })
  return (
    <Page title={printWords.value.title}>
      <Shown loaded={loaded}>{({ teams }) => <BibsPart teams={teams} />}</Shown>
      {who.role === 'judge' ? null : <BlankPart />}
      <PostersPart />
    </Page>
  )
}
