import { office as officeName } from '../../design-docs/databases.ts'
import type { Fact } from '../../design-docs/facts.ts'
import type { JobRow } from '../../design-docs/jobs.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { numberClaims } from '../../sync-server/entry/claim-number.ts'
import { systemClock } from '../../sync-server/feed/clock.ts'
import { jobRoutes } from '../../sync-server/jobs/job-routes.ts'
import { type Jobs, startJobs } from '../../sync-server/jobs/start-jobs.ts'
import { keptRoutes } from '../../sync-server/kept/kept-routes.ts'
import { type BoardPress, boardPress } from '../../sync-server/scoreboards/board-press.ts'
import type { BoardDeps } from '../../sync-server/scoreboards/make-board.ts'
import { openReport } from '../../sync-server/scoreboards/open-report.ts'
import { scoreboardKind } from '../../sync-server/scoreboards/scoreboard-job.ts'
import { scoreboardRoutes } from '../../sync-server/scoreboards/scoreboard-routes.ts'
import { drawn } from '../functions/scenario.ts'
import { openConsole } from '../results/open-console.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'

export type Boards = Awaited<ReturnType<typeof openBoards>>

/** The console's API with jobs and scoreboards. `press` may be one that counts, fails or waits. */
export async function openBoards(
  options: { event?: EventDoc; press?(own: BoardPress): BoardPress; outsideLink?: BoardDeps['outsideLink'] } = {},
) {
  const console = await openConsole(options.event ? { event: options.event } : {})
  const { installation: it, storage, app } = console
  const own = boardPress()
  const press = options.press?.(own) ?? own
  let jobs: Jobs | null = null
  const poke = () => jobs?.poke()
  app.route('/api', scoreboardRoutes({ it, storage, poke, publicUrl: 'https://zekken.example' }))
  app.route('/api', jobRoutes({ it, poke }))
  const kept = { it, claims: numberClaims(it), setPassword: async () => {}, tellAgain: async () => {} }
  app.route('/api', keptRoutes({ ...kept, pokeJobs: poke, publicUrl: 'https://zekken.example' }))
  app.route('/r', openReport({ it, storage }))
  const quiet = { info() {}, warn() {}, error() {} }
  const boards = {
    ...console,
    press,
    office: console.couch.database(officeName),
    startJobs() {
      const deps: BoardDeps = { it, storage, press, ...(options.outsideLink && { outsideLink: options.outsideLink }) }
      jobs = startJobs({ it, kinds: [scoreboardKind(deps)], clock: systemClock, log: quiet })
    },
    async stopJobs() {
      const standing = jobs
      jobs = null
      await standing?.stop()
    },
    async make(asked: Record<string, unknown> = {}) {
      const answer = await console.admin.ask<JobRow>('POST', '/events/demo/scoreboards', { language: 'ja', ...asked })
      if (answer.status !== 200) return answer
      return { status: 200, body: await boards.until(answer.body.id, ({ state }) => state === 'done') }
    },
    /** The job once it is in one of these states. */
    async until(id: string, wanted: (job: JobRow) => boolean): Promise<JobRow> {
      for (;;) {
        const { body } = await console.admin.ask<JobRow>('GET', `/events/demo/jobs/${id}`)
        if (wanted(body)) return body
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    /** A team with check-ins at so many places, each with a picture. */
    async enter(team: string, name: string, places = 2) {
      const maker = factMaker(team)
      const facts: Fact[] = [maker.entry({ name, classIds: ['a'] })]
      for (let n = 1; n <= places; n++) {
        const seen = maker.scanned(String(n), atMinute(n * 10))
        facts.push(seen, (await withPreview(maker.photo(seen))) as Fact)
      }
      facts.push(maker.scanned('GO', atMinute(170)))
      await console.write(...facts)
      return maker
    },
    async close() {
      await boards.stopJobs()
      await press.stop()
      await console.close()
    },
  }
  boards.startJobs()
  return boards
}

let preview: Promise<string> | undefined
async function withPreview(photo: Fact): Promise<unknown> {
  preview ??= drawn(150, 105, 'teal').then((bytes) => Buffer.from(bytes).toString('base64'))
  return { ...photo, _attachments: { preview: { content_type: 'image/jpeg', data: await preview } } }
}
