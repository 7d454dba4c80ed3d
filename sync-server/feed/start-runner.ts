import { databaseName, office } from '../../design-docs/databases.ts'
import type { ParkedDoc } from '../../design-docs/runner-docs.ts'
import type { FunctionSpec } from '../../functions/define.ts'
import type { Couch } from '../couch/client.ts'
import type { StoragePort } from './apply-effects.ts'
import { type Clock, systemClock } from './clock.ts'
import { type EventWork, startEventWork } from './event-work.ts'
import type { EventBib } from './function-context.ts'
import type { BatchReport, WorkerStatus } from './function-worker.ts'
import type { Log } from './log.ts'
import { takeRedrives } from './redrive-notes.ts'
import { type Difference, sweepFunction } from './sweep.ts'
import { sweepFiles } from './sweep-files.ts'

export type RunnerOptions = {
  couch: Couch
  functions: readonly FunctionSpec[]
  /** Codes of the events there are; asked again and again, so that a new event is picked up while running. */
  events(): Promise<readonly string[]>
  storage: StoragePort
  bibKeys(): Promise<Record<string, string>>
  bibTexts(bib: EventBib): Promise<string[]>
  log: Log
  clock?: Clock
  onBatch?(report: BatchReport): void
  lookForEventsMs?: number
}

export type Swept = { differences: Difference[]; filesLeftOver: string[] }

export type Runner = {
  /** Resolves when every function has consumed everything there is, what they write for each other included. */
  drain(): Promise<void>
  status(): WorkerStatus[]
  parked(): ParkedDoc[]
  /** Tries parked keys again: all, or the one with this key or document id. Answers how many. */
  redrive(key?: string): Promise<number>
  /** Sends a function back to the beginning of its feeds at every event; answers at how many. */
  replay(name: string): Promise<number>
  /** Computes everything anew and answers what differed; there should be nothing. What differed is put right. Files that nothing leads to go. */
  sweep(): Promise<Swept>
  /** Takes up events that are new, and lets go of those that are no longer there; resolves when their last batch is done. */
  look(): Promise<void>
  /** Finishes the batches that are under way and stops. */
  stop(): Promise<void>
}

/** The one part of the product that applies what functions ask for. Exactly one process of an installation runs it. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { couch, functions, events, storage, bibKeys, bibTexts, log, clock = systemClock } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const works = new Map<string, Promise<EventWork>>()
  const letGo = new Map<string, AbortController>()
  const shared = {
    couch,
    functions,
    storage,
    clock,
    log,
    signal,
    bibKeys,
    bibTexts,
    onBatch: options.onBatch ?? (() => {}),
  }

  const running = async () => await Promise.all(works.values())
  const workers = async () => (await running()).flatMap((work) => work.workers)
  let known: EventWork[] = []

  /** An event counts from when its plan is there: before that no function could say anything. */
  async function startEvent(event: string): Promise<void> {
    if (works.has(event) || signal.aborted) return
    if (!(await couch.database(databaseName(event, 'desk')).get('event'))) return
    const own = new AbortController()
    const work = startEventWork(event, { ...shared, signal: AbortSignal.any([signal, own.signal]) })
    works.set(event, work)
    letGo.set(event, own)
    await work.catch((error) => {
      works.delete(event)
      throw error
    })
  }

  async function endEvent(event: string): Promise<void> {
    letGo.get(event)?.abort()
    const work = await works.get(event)
    await Promise.all((work?.workers ?? []).map((worker) => worker.stopped))
    works.delete(event)
    letGo.delete(event)
  }

  /** One event that cannot be started keeps no other from being; then the first such error is thrown. */
  async function look(): Promise<void> {
    const there = await events()
    await Promise.all([...works.keys()].filter((event) => !there.includes(event)).map(endEvent))
    const starts = await Promise.allSettled(there.map(startEvent))
    known = await running()
    if (known.length > 0) await takeRedrives(couch.database(office), redrive)
    for (const start of starts) if (start.status === 'rejected') throw start.reason
  }

  async function redrive(key?: string): Promise<number> {
    const counts = (await workers()).map(async (worker) => {
      const count = await worker.records.redrive(clock.now(), key)
      worker.poke()
      return count
    })
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  }

  /** One look after the other: two at once would both start an event. */
  let looks = Promise.resolve()
  const lookForEvents = () => {
    looks = looks.catch(() => {}).then(look)
    return looks
  }
  const lookOrWarn = () =>
    lookForEvents().catch((error) => log.warn('not all events could be started', { error: String(error) }))

  async function keepLooking(): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(options.lookForEventsMs ?? 2000, signal)
      if (!signal.aborted) await lookOrWarn()
    }
  }

  // A database that is not there yet is no reason not to start.
  await lookOrWarn()
  const looking = keepLooking()

  async function drain(): Promise<void> {
    await lookForEvents()
    for (;;) {
      const all = await workers()
      const turns = () => all.reduce((sum, worker) => sum + worker.turns(), 0)
      const before = turns()
      for (const worker of all) await worker.caughtUp()
      if (turns() === before || signal.aborted) return
    }
  }

  async function sweep(): Promise<Swept> {
    await drain()
    const filesLeftOver: string[] = []
    const differences: Difference[] = []
    for (const { event, workers: ofEvent } of await running()) {
      for (const spec of functions) {
        const waiting = ofEvent.find(({ name }) => name === spec.name)?.records
        const isWaiting = (key: string) => waiting?.wakes().some((wake) => wake.key === key) ?? false
        const sweeping = { couch, storage, now: clock.now, bibKeys, bibTexts, isWaiting, drain }
        differences.push(...(await sweepFunction(event, spec, sweeping)))
      }
      filesLeftOver.push(...(await sweepFiles(event, { couch, storage, drain })))
    }
    if (differences.length > 0) log.error('the sweep found differences', { differences })
    await drain()
    return { differences, filesLeftOver }
  }

  return {
    drain,
    look: lookForEvents,
    sweep,
    status: () => known.flatMap((work) => work.workers.map((worker) => worker.status())),
    parked: () => known.flatMap((work) => work.workers.flatMap((worker) => worker.records.parked())),
    redrive,
    async replay(name) {
      const chosen = (await workers()).filter((worker) => worker.name === name)
      await Promise.all(chosen.map((worker) => worker.replay()))
      return chosen.length
    },
    async stop() {
      stopping.abort()
      await looking
      await Promise.all((await workers()).map((worker) => worker.stopped))
    },
  }
}
