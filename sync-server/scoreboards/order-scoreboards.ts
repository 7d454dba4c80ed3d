import { databaseName } from '../../design-docs/databases.ts'
import { card as cardSchema } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { cardId } from '../../design-docs/ids.ts'
import type { Job } from '../../design-docs/jobs.ts'
import type { MakeScoreboards } from '../../design-docs/scoreboards.ts'
import { startJob } from '../jobs/job-records.ts'
import { untilEnded } from '../jobs/until-ended.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc } from '../login/office.ts'
import { scoreboardJob } from './scoreboard-job.ts'

type Order = { event: string; asked: MakeScoreboards; by: string }

/** A single board is done within this, so that whoever asked need not ask again. */
const patienceMs = 8000

/**
 * Orders scoreboards and answers the job. For a single team it waits a moment, and says at once what cannot be made:
 * ZK-PLAN-004 for a team that is not there, ZK-BOARD-001 for one without data.
 */
export async function orderScoreboards(
  it: Installation,
  { event, asked, by }: Order,
  poke: () => void,
): Promise<string> {
  const [only, ...others] = asked.teams ?? []
  const isSingle = only !== undefined && others.length === 0
  if (isSingle) await demandData(it, event, only)
  const id = await startJob(it, { event, kind: scoreboardJob, asked: asked as Job['asked'], by })
  poke()
  if (isSingle) await untilEnded(it, { event, id }, patienceMs)
  return id
}

async function demandData({ couch }: Installation, event: string, team: string): Promise<void> {
  const card = await readDoc(couch.database(databaseName(event, 'desk')), cardId(team), cardSchema)
  if (!card) throw new AppError('ZK-PLAN-004', { figures: { team } })
  if (card.checkins.total === 0) throw new AppError('ZK-BOARD-001', { figures: { team } })
}
