import { databaseName } from '../../design-docs/databases.ts'
import { reportId } from '../../design-docs/ids.ts'
import type { GenerateScoreboardRequest } from '../../design-docs/kept.ts'
import { report as reportSchema } from '../../design-docs/scoreboards.ts'
import { readJob } from '../jobs/job-records.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc } from '../login/office.ts'
import { orderScoreboards } from '../scoreboards/order-scoreboards.ts'
import { callerLink } from '../scoreboards/report-links.ts'

export type Generated = { jobId: string; message: string; path: string | null }

/**
 * Orders the scoreboard of a team, or those of all, and answers the job with the path of a link where the result is at
 * hand: the team's report, or the PDF of all.
 */
export async function generateScoreboard(
  it: Installation,
  { event_code: event, zekken_number: team, reprint, bundle }: GenerateScoreboardRequest,
  { by, poke }: { by: string; poke(): void },
): Promise<Generated> {
  const asked = {
    language: 'ja' as const,
    ...(team && { teams: [team] }),
    ...(reprint && { reprint }),
    ...(bundle && { bundle }),
  }
  const jobId = await orderScoreboards(it, { event, asked, by }, poke)
  const job = await readJob(it, { event, id: jobId })
  const isDone = job.state === 'done' && job.counts.parked === 0
  const desk = it.couch.database(databaseName(event, 'desk'))
  const report = isDone && team ? await readDoc(desk, reportId(team), reportSchema) : null
  const isFile = isDone && bundle === true && job.files.length > 0
  const to = isFile
    ? ({ kind: 'file', job: jobId, file: 0 } as const)
    : report && team
      ? ({ kind: 'report', team } as const)
      : null
  const token = to && (await callerLink(it, { event, to, by }))
  const what = team ? `The scoreboard of ${team}` : 'The scoreboards of all teams'
  return { jobId, message: `${what} ${isDone ? 'is made.' : 'will be made.'}`, path: token && `/r/${token}` }
}
