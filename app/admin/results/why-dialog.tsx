import type { TeamPage } from '../../../design-docs/console.ts'
import type { RankingRow } from '../../../design-docs/derived.ts'
import { words } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Breakdown } from './breakdown.tsx'
import { Standing } from './standing.tsx'

type Props = { team: string; rows: readonly RankingRow[]; onClose: () => void }

/** What a team's numbers in a ranking are made of: its place, its points check-in by check-in, its finish. */
export function WhyDialog({ team, rows, onClose }: Props) {
  const t = words.value
  const { desk, live, who } = useDesk()
  const loaded = useLoaded<TeamPage>(`/api/events/${who.event}/teams/${team}`, {
    desk,
    live,
    concerns: ({ cards }) => cards.includes(team),
  })
  const name = loaded.value?.team.name ?? ''
  return (
    <Dialog title={t.rankings.why(`${team} ${name}`)} onClose={onClose}>
      <Standing rows={rows} team={team} />
      <Shown loaded={loaded}>{(page) => <Breakdown page={page} />}</Shown>
      <a class="button wide" href={`/admin/teams/${team}`}>
        {t.rankings.openTeam}
      </a>
      <Button kind="bare" wide onClick={onClose}>
        {t.close}
      </Button>
    </Dialog>
  )
}
