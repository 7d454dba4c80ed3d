import { Hono } from 'hono'
import type { Logger } from 'pino'
import { appFiles } from './app-files.ts'
import type { Config } from './config.ts'
import type { DatabaseTimes } from './couch/timed-send.ts'
import { numberClaims } from './entry/claim-number.ts'
import { exportRoutes } from './exports/export-routes.ts'
import { externalRoutes } from './external/external-routes.ts'
import { tellAgain, tellParkedAgain } from './external/outside-team.ts'
import { leaveRedrives } from './feed/redrive-notes.ts'
import type { Runner } from './feed/start-runner.ts'
import { forgetRoutes } from './forget/forget-routes.ts'
import { mountDoors } from './gateway/mount-doors.ts'
import { healthRoutes } from './health-routes.ts'
import { consoleLinkRoutes } from './images/console-link-routes.ts'
import { drawingPace } from './images/drawing-pace.ts'
import { retryHeld } from './images/film.ts'
import { linkOutcomeLog } from './images/link-outcome-log.ts'
import type { Storage } from './images/storage.ts'
import { jobRoutes } from './jobs/job-routes.ts'
import type { Jobs } from './jobs/start-jobs.ts'
import { bulkUpload } from './kept/bulk-upload.ts'
import { keptRoutes } from './kept/kept-routes.ts'
import { noteAddress } from './login/client-address.ts'
import type { GuardedEnv } from './login/guard.ts'
import type { Installation } from './login/installation.ts'
import { setTeamPassword } from './login/team-password.ts'
import { auditOperation } from './operations/audit-operation.ts'
import { elsewhereRoutes } from './operations/elsewhere-routes.ts'
import { operationRoutes } from './operations/operation-routes.ts'
import { paletteRoutes } from './palettes/palette-routes.ts'
import { recolourRoutes } from './palettes/recolour-routes.ts'
import { paperRoutes } from './papers/paper-routes.ts'
import { mailRoutes } from './post/mail-routes.ts'
import type { Mailbox } from './post/mailbox.ts'
import { printRoutes } from './print/print-routes.ts'
import { printing } from './print/printing.ts'
import { consoleDeps } from './results/console-deps.ts'
import { consoleRoutes } from './results/console-routes.ts'
import { openReport } from './scoreboards/open-report.ts'
import { scoreboardRoutes } from './scoreboards/scoreboard-routes.ts'
import { uploadRoutes } from './uploads/upload-routes.ts'

export type AppParts = {
  it: Installation
  /** What the database has done. */
  times?: DatabaseTimes
  storage: Storage
  mailbox: Mailbox
  /** Null where another process runs the functions. */
  runner: Runner | null
  /** Null where another process works on them. */
  jobs: Jobs | null
  config: Config
  log: Logger
  /** Folder of the built apps. */
  dist: string
  /** Something may have to be forgotten now. */
  pokeForgetting?: () => void
}

/** Everything that answers on the one port. The doors come first: what is mounted after them is behind the guard. */
export function createApp({ it, times, storage, mailbox, runner, jobs, config, log, dist, pokeForgetting }: AppParts): {
  hono: Hono<GuardedEnv>
  /** What follows an event stops following it. */
  letGo(event: string): Promise<void>
  stop(): void
} {
  const hono = new Hono<GuardedEnv>()
  const redrive = runner?.redrive ?? ((id?: string) => leaveRedrives(it.office, it.now(), id))
  const deps = consoleDeps(it, async (event, id) => {
    if (id.startsWith('held:')) return await retryHeld({ it, storage }, { event, id })
    return (await tellParkedAgain(it, id)) || (await redrive(id)) > 0
  })
  const claims = numberClaims(it)
  const { allowedOrigins, publicUrl, openId } = config
  const linkLog = linkOutcomeLog(log)
  if (config.proxies.size > 0) hono.use(noteAddress(config.proxies))
  mountDoors(hono, { it, storage, allowedOrigins, publicUrl, openId, claims, onLink: linkLog.tell })
  hono.route('/', healthRoutes({ it, storage, runner, links: linkLog.counts, times }))
  hono.route('/api/operations', runner ? operationRoutes(runner) : elsewhereRoutes(it))
  const poke = () => jobs?.poke()
  if (runner) hono.route('/api/operations', auditOperation(it.office))
  const kept = keptRoutes({
    it,
    claims,
    pokeJobs: poke,
    publicUrl,
    setPassword: (asked) => setTeamPassword(it, asked),
    tellAgain: async (event, team) => (config.external ? await tellAgain(it, { event, team }) : undefined),
  })
  const bulk = bulkUpload({ it, storage }, deps.desks)
  hono.route('/', kept)
  hono.route('/', bulk)
  const isShown = !config.publicUrl?.startsWith('https:')
  const printer = printing()
  const prints = printRoutes(it, { printing: printer, publicUrl: config.publicUrl })
  const exports = exportRoutes({ ...deps, ...printer, storage })
  const forgetting = forgetRoutes({ it, storage, mailbox, poke: pokeForgetting })
  const photos = uploadRoutes({ it, storage }, deps.desks)
  const boards = [scoreboardRoutes({ it, storage, poke, publicUrl }), jobRoutes({ it, poke }), consoleLinkRoutes(it)]
  hono.route('/r', openReport({ it, storage }))
  const others = [
    mailRoutes({ it, mailbox, isShown }),
    externalRoutes(it),
    kept,
    bulk,
    prints,
    exports,
    paperRoutes({ ...deps, it, storage, poke }),
    photos,
    paletteRoutes({ it, storage }, deps.desks),
    recolourRoutes(it, deps.desks),
    forgetting,
    ...boards,
  ]
  hono.route('/api', drawingPace(it))
  hono.route('/api', consoleRoutes(deps, others))
  hono.route('/', appFiles(dist))
  return { hono, letGo: deps.desks.letGo, stop: () => deps.desks.stop() }
}
