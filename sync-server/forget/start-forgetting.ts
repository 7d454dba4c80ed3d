import { forgotten, warnAheadMs } from '../../design-docs/forgetting.ts'
import type { Clock } from '../feed/clock.ts'
import type { Runner } from '../feed/start-runner.ts'
import type { Storage } from '../images/storage.ts'
import type { Installation } from '../login/installation.ts'
import { readDocs } from '../login/office.ts'
import type { Mailbox } from '../post/mailbox.ts'
import { registeredEvents, unlistEvent } from '../setup/event-register.ts'
import { amendForgetting, standingOf } from './agreement.ts'
import { closeDoors, type Forgetting, forgetEvent, sweepForgotten } from './forget-event.ts'
import { forgetTeam, sweepForgottenTeams } from './forget-team.ts'
import { askAnew, keptMs } from './forgotten-events.ts'
import { askTeamsAnew, readForgottenTeams } from './forgotten-teams.ts'
import { queueRetentionMail } from './queue-retention-mail.ts'
import { saveReport } from './save-report.ts'

export type ForgettingParts = {
  it: Installation
  storage: Storage
  mailbox: Mailbox
  runner: Pick<Runner, 'look' | 'drain'>
  /** Whatever else of this process follows an event lets go of those that are no longer there. */
  letGo(event: string): Promise<void> | void
  dataDir: string
  clock: Clock
  /** How long other processes may still let somebody in. */
  settleMs?: number
}

const everyMs = 60 * 60_000
const soonMs = 60_000
/** On a day without a pause functions are never at the end of their feeds; what is not made anew by then is looked at again. */
const longestDrainMs = 60_000

/**
 * Deletes events whose date has come and to which an admin agreed, while the server runs: the doors are closed for
 * everyone, functions and followers let go of the event, and only then anything goes. Tells admins in time. In the one
 * process that runs the functions; what was broken off is taken up at the next start.
 */
export function startForgetting(parts: ForgettingParts): { poke(): void; stop(): Promise<void> } {
  const { it, clock } = parts
  const stopping = new AbortController()
  let wake = new AbortController()

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      wake = new AbortController()
      const dueAt = await lookRound(parts, stopping.signal).catch((error: unknown) => {
        it.warn('what is to be forgotten stays for now', error)
        return it.now() + soonMs
      })
      const ms = Math.min(Math.max(dueAt - it.now(), 0), everyMs)
      await clock.sleep(ms, AbortSignal.any([wake.signal, stopping.signal]))
    }
  }
  const running = run()
  return {
    poke: () => wake.abort(),
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** Does what is due; answers when the next thing will be. */
async function lookRound(parts: ForgettingParts, signal: AbortSignal): Promise<number> {
  const { it } = parts
  let nextAt = Number.POSITIVE_INFINITY
  // What was broken off may have lost its plan already.
  const closed = (await readDocs(it.office, 'forgotten', forgotten)).map(({ code }) => code)
  for (const { code } of await registeredEvents(it.couch)) {
    if (signal.aborted) return nextAt
    if (closed.includes(code)) continue
    const dueAt = await lookAtEvent(it, code).catch((error: unknown) => {
      // One whose plan cannot be read holds up no other.
      it.warn(`what is to be forgotten of ${code} stays for now`, error)
      return it.now() + soonMs
    })
    nextAt = Math.min(nextAt, dueAt)
  }
  const open = (await readDocs(it.office, 'forgotten', forgotten)).filter(({ state }) => state !== 'done')
  for (const { code, agreed } of open) await forgetWhileRunning(parts, code, { by: agreed?.by ?? 'command', signal })
  await sweepForgotten(forgettingOf(parts, ''))
  await forgetTeams(parts, signal)
  return nextAt
}

async function lookAtEvent(it: Installation, code: string): Promise<number> {
  const { plan, doc, agreed } = await standingOf(it, code)
  const { retention } = plan
  if (retention === undefined) return Number.POSITIVE_INFINITY
  if (agreed && it.now() >= retention) {
    await closeDoors(it, code, agreed)
    askAnew(it, code)
    return Number.POSITIVE_INFINITY
  }
  const nextAt = agreed ? retention : Number.POSITIVE_INFINITY
  const warnAt = retention - warnAheadMs
  if (it.now() < warnAt) return Math.min(nextAt, warnAt)
  if (doc?.warnedOf !== retention && (await queueRetentionMail(it, { plan, retention, agreed: agreed !== null }))) {
    await amendForgetting(it, code, (found) => ({ ...found, warnedOf: retention }))
  }
  return nextAt
}

async function forgetTeams(parts: ForgettingParts, signal: AbortSignal): Promise<void> {
  const { it, clock, settleMs = 2 * keptMs } = parts
  const { keys } = it
  const caughtUp = async () => {
    const enough = new AbortController()
    const stopped = AbortSignal.any([signal, enough.signal])
    await Promise.race([parts.runner.drain(), clock.sleep(longestDrainMs, stopped)]).finally(() => enough.abort())
  }
  let failed: unknown
  const of = (by: string) => ({ ...forgettingOf(parts, by), keys, caughtUp })
  for (const { event, team, by } of (await readForgottenTeams(it)).filter(({ state }) => state !== 'done')) {
    askTeamsAnew(it, event)
    // Other processes may still let in what they have not heard of.
    await clock.sleep(settleMs, signal)
    if (signal.aborted) return
    try {
      await saveReport(parts.dataDir, await forgetTeam(of(by), { event, team }))
    } catch (error) {
      // One that cannot be finished now holds up no other.
      failed = error
    }
  }
  if (failed !== undefined) throw failed
  if (!signal.aborted) await sweepForgottenTeams(of('late'))
}

const forgettingOf = ({ it, storage, mailbox }: ForgettingParts, by: string): Forgetting => ({
  couch: it.couch,
  office: it.office,
  storage,
  mailbox,
  now: it.now,
  by,
})

type How = { by: string; signal: AbortSignal }

async function forgetWhileRunning(parts: ForgettingParts, event: string, { by, signal }: How): Promise<void> {
  const { it, clock, runner, letGo, settleMs = 2 * keptMs } = parts
  await unlistEvent(it.couch, event)
  await runner.look()
  await clock.sleep(settleMs, signal)
  if (signal.aborted) return
  await letGo(event)
  const report = await forgetEvent(forgettingOf(parts, by), event)
  await saveReport(parts.dataDir, report)
}
