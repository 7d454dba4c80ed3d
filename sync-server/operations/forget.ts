import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { office } from '../../design-docs/databases.ts'
import type { ForgetReport } from '../../design-docs/forgetting.ts'
import { readConfig } from '../config.ts'
import { openCouch } from '../couch/open-couch.ts'
import { type Forgetting, forgetEvent, previewForget } from '../forget/forget-event.ts'
import { closeTeam, forgetTeam, previewForgetTeam } from '../forget/forget-team.ts'
import { saveReport } from '../forget/save-report.ts'
import { openStorage } from '../images/open-storage.ts'
import { loadKeys } from '../login/keys.ts'
import { openMailbox } from '../post/mailbox.ts'
import { runAlone } from './run-alone.ts'

/**
 * Deletes an event with everything in it, or the personal data of one of its teams, and leaves a report without names in
 * `forgotten/` of the data folder. `--dry-run` says what would go; otherwise `--confirm` repeats the event's code, or the
 * team's number. zekken must be stopped.
 */
const { values } = parseArgs({
  options: {
    event: { type: 'string' },
    team: { type: 'string' },
    confirm: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
})
const config = readConfig(process.env)
const { event, team, confirm, 'dry-run': dryRun } = values

async function forget(code: string): Promise<void> {
  const host = config.host === '0.0.0.0' ? '127.0.0.1' : config.host
  const address = `${config.tls ? 'https' : 'http'}://${host}:${config.port}/db/`
  const answers = await fetch(address).then(
    () => true,
    () => false,
  )
  if (answers) throw new Error(`a server answers at ${address}: stop it first`)
  const { couch, close } = await openCouch(config)
  try {
    const parts = {
      couch,
      office: couch.database(office),
      storage: await openStorage(config.storage),
      mailbox: openMailbox(join(config.dataDir, 'mailbox')),
      now: Date.now,
      by: 'command',
    }
    const report =
      team !== undefined
        ? await forgetOne(parts, { event: code, team })
        : await (dryRun ? previewForget(parts, code) : forgetEvent(parts, code))
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
    if (!dryRun) await saveReport(config.dataDir, report)
  } finally {
    await close()
  }
}

/** Functions run for as long as it takes to make everything anew without the team. */
async function forgetOne(parts: Forgetting, about: { event: string; team: string }): Promise<ForgetReport> {
  const keys = await loadKeys({ folder: join(config.dataDir, 'keys'), env: process.env })
  if (dryRun) return await previewForgetTeam({ ...parts, keys }, about)
  await closeTeam({ ...parts, keys }, about)
  const runner = await runAlone(config, { keys, couch: parts.couch })
  try {
    return await forgetTeam({ ...parts, keys, caughtUp: runner.drain }, about)
  } finally {
    await runner.stop()
  }
}

if (event === undefined || (!dryRun && confirm !== (team ?? event))) {
  process.stderr.write('npm run forget -- --event CODE [--team NUMBER] (--dry-run | --confirm CODE or NUMBER)\n')
  process.exitCode = 2
} else {
  await forget(event).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  })
}
