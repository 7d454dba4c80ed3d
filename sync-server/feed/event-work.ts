import { office } from '../../design-docs/databases.ts'
import type { FunctionSpec } from '../../functions/define.ts'
import type { Change, Couch } from '../couch/client.ts'
import { applyEffects, type StoragePort } from './apply-effects.ts'
import { openChangeFeed } from './change-feed.ts'
import type { Source } from './changed-keys.ts'
import type { Clock } from './clock.ts'
import { eventParts } from './event-parts.ts'
import type { EventBib } from './function-context.ts'
import { type BatchReport, type FunctionWorker, startWorker, type WorkerOptions } from './function-worker.ts'
import type { Log } from './log.ts'
import { loadRecords } from './runner-records.ts'

export type EventWorkOptions = {
  couch: Couch
  functions: readonly FunctionSpec[]
  storage: StoragePort
  clock: Clock
  log: Log
  signal: AbortSignal
  bibKeys(): Promise<Record<string, string>>
  bibTexts(bib: EventBib): Promise<string[]>
  onBatch(report: BatchReport): void
}

export type EventWork = { event: string; workers: FunctionWorker[] }

/** All functions at work on one event: two feeds and one memory shared, one position each. */
export async function startEventWork(event: string, options: EventWorkOptions): Promise<EventWork> {
  const { couch, functions, clock, log, signal, onBatch } = options
  const { databases, memory, context, effects } = eventParts(event, { ...options, now: clock.now })
  const feeds = {
    log: openChangeFeed(databases.log, { clock, log, signal, onChanges: memory.log.take }),
    desk: openChangeFeed(databases.desk, { clock, log, signal, onChanges: memory.desk.takeChanges }),
  }

  async function reread(source: Source, id: string): Promise<Change | null> {
    memory.log.forget(id)
    const doc = await databases[source].get(id, { conflicts: true })
    return doc && { seq: 0, id, changes: [{ rev: doc._rev }], doc }
  }

  async function isUp(): Promise<boolean> {
    const all = [databases.log, databases.desk, couch.database(office)]
    return await Promise.all([...all.map((database) => database.info()), options.storage.check?.()]).then(
      () => true,
      () => false,
    )
  }

  async function start(spec: FunctionSpec): Promise<() => FunctionWorker> {
    const records = await loadRecords(couch, { event, function: spec.name })
    const shared = { context, feeds, isUp, reread, clock, log, signal, onBatch, onReplay: effects.targets.forgetAll }
    const { databasesAtOnce } = spec
    const apply: WorkerOptions['apply'] = (asked, rest) => applyEffects(asked, { ...effects, databasesAtOnce, rest })
    return () => startWorker({ ...shared, spec, records, apply })
  }

  // None starts before all can: an event half at work would look finished.
  const starts = await Promise.all(functions.map(start))
  return { event, workers: starts.map((go) => go()) }
}
