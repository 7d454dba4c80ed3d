import type { Effect, FunctionContext, FunctionSpec } from '../../functions/define.ts'
import type { Change } from '../couch/client.ts'
import type { Applied } from './apply-effects.ts'
import { createBell } from './bell.ts'
import type { ChangeFeed } from './change-feed.ts'
import { type Source, sourcesOf } from './changed-keys.ts'
import type { Clock } from './clock.ts'
import { asksForWork, type Batch, collectBatch, type Position } from './collect-batch.ts'
import { createInbox } from './inbox.ts'
import type { Log } from './log.ts'
import { runKeys } from './run-keys.ts'
import type { RunnerRecords } from './runner-records.ts'
import { countUnstored } from './unstored.ts'

/** What one batch came to; for metrics. */
export type BatchReport = {
  event: string
  function: string
  keys: number
  changes: number
  written: number
  unchanged: number
  failed: number
  elapsedMs: number
  /** Changes that the database has behind this batch. */
  pending: number
}

export type WorkerStatus = {
  event: string
  function: string
  state: 'waiting' | 'working' | 'database down'
  /** Changes that the database has behind the batch under way. */
  pending: number
  /** Keys of that batch that are still to be worked off. */
  atHand: number
  /** A walk through all teams is under way. */
  walking: boolean
  retrying: number
  parked: number
}

export type WorkerOptions = {
  spec: FunctionSpec
  context: FunctionContext
  feeds: Record<Source, ChangeFeed>
  records: RunnerRecords
  /** `rest` is waited for after each database, given how long that took. */
  apply(effects: readonly Effect[], rest: (tookMs: number) => Promise<void>): Promise<Applied | 'again'>
  isUp(): Promise<boolean>
  reread(source: Source, id: string): Promise<Change | null>
  clock: Clock
  log: Log
  signal: AbortSignal
  onBatch(report: BatchReport): void
  /** What is believed to stand in the databases is to be read again. */
  onReplay(): void
}

export type FunctionWorker = {
  name: string
  records: RunnerRecords
  status(): WorkerStatus
  /** Counts turns of the loop, so that a waiting caller can tell whether anything has moved. */
  turns(): number
  /** Resolves once everything that the feeds hold and all that is due has been worked off, or the runner stops. */
  caughtUp(): Promise<void>
  /** Something has fallen due. */
  poke(): void
  /** Goes back to the beginning of both feeds; resolves when that is durable. */
  replay(): Promise<void>
  /** Resolves when the last batch is durable, once the signal has been aborted. */
  stopped: Promise<void>
}

/** A page for whoever works with pauses. */
const seldomPageSize = 1000
const longestPauseMs = 10_000
const longestSleepMs = 60_000
const longestRestMs = 1000
const unansweredMs = 200

/** Keeps one function of one event going: waits, collects a batch, works it off, lets go of it, until told to stop. */
export function startWorker(options: WorkerOptions): FunctionWorker {
  const { spec, context, records, clock, log, signal } = options
  const about = { event: context.event, function: spec.name }
  const bell = createBell()
  const unstored = countUnstored(clock.now)
  const inbox = createInbox({
    feeds: options.feeds,
    sources: sourcesOf(spec),
    pageSize: spec.paceMs === undefined ? undefined : seldomPageSize,
    onArrival: bell.ring,
  })
  let position: Position = records.position
  let state: WorkerStatus['state'] = 'waiting'
  let pending = 0
  let atHand = 0
  let turns = 0
  let hurried = 0
  let hasWorked = false
  let replayAsked: PromiseWithResolvers<void> | undefined
  let moved = Promise.withResolvers<void>()

  const dueKeys = () => records.due(clock.now())
  const mustStore = () => unstored.isDue() || (hurried > 0 && unstored.hasWork())
  const hasWork = () =>
    replayAsked !== undefined ||
    inbox.pages().size > 0 ||
    position.round !== undefined ||
    dueKeys().length > 0 ||
    mustStore()

  async function untilWork(): Promise<void> {
    while (!signal.aborted) {
      bell.reset()
      inbox.listen(position.since)
      if (hasWork()) return
      const nextAt = Math.min(records.nextDueAt(), unstored.dueAt())
      await rest(Math.min(Math.max(nextAt - clock.now(), 0), longestSleepMs))
    }
  }

  async function rest(ms: number): Promise<void> {
    const over = new AbortController()
    await Promise.race([bell.rung(), clock.sleep(ms, AbortSignal.any([over.signal, signal]))])
    over.abort()
  }

  /** Whoever waits for the work to be done is in more of a hurry than whoever shares the database with it. */
  async function restAfter(tookMs: number): Promise<void> {
    const ms = Math.min(tookMs * (spec.restFactor ?? 0), longestRestMs)
    if (ms > 0 && hurried === 0) await rest(ms)
  }

  async function workOff(batch: Batch): Promise<void> {
    const begun = clock.now()
    const apply = (effects: readonly Effect[]) => options.apply(effects, restAfter)
    atHand = batch.keys.length
    const onWorked = (keys: number) => {
      atHand -= keys
    }
    const ran = await runKeys(batch.keys, { ...options, apply, onWorked })
    for (const [key, why] of batch.unclear) await records.park(key, why, clock.now())
    const outcome = { ...ran, done: [...ran.done, ...batch.cleared], startedAt: batch.startedAt }
    const mayWait = records.isMoveOnly(outcome) && batch.position.round === position.round
    if (mayWait && unstored.isStoredLately()) unstored.passedBatch()
    else await store(batch.position, outcome)
    for (const [key, error] of ran.failed)
      log.error('a key failed and is kept', { ...about, key, error: String(error) })
    const { written, unchanged } = ran
    const counts = { keys: batch.keys.length, changes: batch.changes, written, unchanged, failed: ran.failed.size }
    options.onBatch({ ...about, ...counts, elapsedMs: clock.now() - begun, pending })
  }

  async function store(
    next: Position,
    outcome = { startedAt: 0, done: [] as string[], failed: new Map(), wakes: new Map() },
  ) {
    await records.commit({ ...outcome, position: next }, clock.now())
    unstored.stored()
  }

  async function turn(): Promise<void> {
    if (replayAsked) {
      await store({ since: {} })
      position = { since: {} }
      inbox.restart()
      options.onReplay()
      replayAsked.resolve()
      replayAsked = undefined
      return
    }
    const pages = inbox.pages()
    const parked = records.parked().map(({ key }) => key)
    const from = { spec, position, pages, parked, due: dueKeys(), teams: context.teamNumbers }
    const batch = await collectBatch({ ...from, startedAt: clock.now(), reread: options.reread })
    pending = batch.pending
    hasWorked = asksForWork(batch, position)
    if (hasWorked) await workOff(batch)
    else if (unstored.passedIdly(batch.changes) || mustStore()) await store(batch.position)
    position = batch.position
    inbox.clear(pages)
  }

  /** The same turn again and again until it is durable or the runner stops. */
  async function persistently(): Promise<void> {
    for (let pauseMs = 200; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await turn()
      } catch (error) {
        if (signal.aborted) return
        state = 'database down'
        log.warn('the batch is tried again', { ...about, error: String(error) })
        await clock.sleep(pauseMs, signal)
      }
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      await untilWork()
      if (signal.aborted) break
      const begun = clock.now()
      // What rings from here on wants the work to be done sooner.
      bell.reset()
      state = 'working'
      await persistently()
      // First, so that whoever waits for a move finds this worker as it is.
      state = 'waiting'
      atHand = 0
      turns++
      moved.resolve()
      moved = Promise.withResolvers<void>()
      bell.reset()
      const tookMs = Math.max(clock.now() - begun, 0)
      if (spec.paceMs && hasWorked && hurried === 0) await rest(Math.max(spec.paceMs - tookMs, 0))
    }
    // Not stored, it would be read again at the next start, without harm.
    if (!unstored.isEmpty()) await store(position).catch(() => {})
    replayAsked?.resolve()
    moved.resolve()
  }

  async function isCaughtUp(): Promise<boolean> {
    const isIdle = () => state === 'waiting' && !hasWork()
    return isIdle() && (await inbox.isAtEnd(position.since)) && isIdle()
  }

  return {
    name: spec.name,
    records,
    turns: () => turns,
    poke: bell.ring,
    async caughtUp() {
      hurried++
      bell.ring()
      while (!signal.aborted) {
        const next = moved.promise
        const answer = await isCaughtUp().catch(() => 'no answer' as const)
        if (answer === true) break
        await (answer === false ? next : clock.sleep(unansweredMs, signal))
      }
      hurried--
    },
    replay() {
      replayAsked ??= Promise.withResolvers<void>()
      bell.ring()
      return replayAsked.promise
    },
    status() {
      const parked = records.parked()
      const count = (which: 'parked' | 'retrying') => parked.filter((doc) => doc.state === which).length
      const counts = { pending, atHand, retrying: count('retrying'), parked: count('parked') }
      return { ...about, state, ...counts, walking: position.round !== undefined }
    },
    stopped: run(),
  }
}
