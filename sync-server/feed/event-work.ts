import { databaseName, office } from '../../design-docs/databases.ts'
import type { FunctionSpec } from '../../functions/define.ts'
import type { Change, Couch } from '../couch/client.ts'
import { applyEffects, type StoragePort } from './apply-effects.ts'
import { openChangeFeed } from './change-feed.ts'
import type { Source } from './changed-keys.ts'
import type { Clock } from './clock.ts'
import { rememberDesk } from './desk-memory.ts'
import { functionContext } from './function-context.ts'
import { type BatchReport, type FunctionWorker, startWorker } from './function-worker.ts'
import type { Log } from './log.ts'
import { rememberLog } from './log-memory.ts'
import { loadRecords } from './runner-records.ts'
import { createTargets } from './targets.ts'

export type EventWorkOptions = {
  couch: Couch
  functions: readonly FunctionSpec[]
  storage: StoragePort
  clock: Clock
  log: Log
  signal: AbortSignal
  bibKeys(): Promise<Record<string, string>>
  onBatch(report: BatchReport): void
}

export type EventWork = { event: string; workers: FunctionWorker[] }

/** All functions at work on one event: two feeds and one memory shared, one position each. */
export async function startEventWork(event: string, options: EventWorkOptions): Promise<EventWork> {
  const { couch, functions, storage, clock, log, signal, bibKeys, onBatch } = options
  const databases = {
    log: couch.database(databaseName(event, 'log')),
    desk: couch.database(databaseName(event, 'desk')),
  }
  const memory = { log: rememberLog(databases.log), desk: rememberDesk(databases.desk) }
  const targets = createTargets(couch)
  const feedOptions = { clock, log, signal }
  const feeds = {
    log: openChangeFeed(databases.log, { ...feedOptions, onChanges: memory.log.take }),
    desk: openChangeFeed(databases.desk, { ...feedOptions, onChanges: memory.desk.takeChanges }),
  }
  const context = functionContext({
    event,
    couch,
    ...memory,
    now: clock.now,
    bibKeys,
    stored: storage.get,
  })

  async function reread(source: Source, id: string): Promise<Change | null> {
    memory.log.forget(id)
    const doc = await databases[source].get(id, { conflicts: true })
    return doc && { seq: 0, id, changes: [{ rev: doc._rev }], doc }
  }

  async function isUp(): Promise<boolean> {
    const all = [databases.log, databases.desk, couch.database(office)]
    return await Promise.all(all.map((database) => database.info())).then(
      () => true,
      () => false,
    )
  }

  const effectOptions = {
    event,
    couch,
    targets,
    storage,
    onDeskWrite: memory.desk.takeWrite,
  }
  const workers: FunctionWorker[] = []
  const records = await Promise.all(functions.map((spec) => loadRecords(couch, { event, function: spec.name })))
  for (const [index, spec] of functions.entries()) {
    workers.push(
      startWorker({
        spec,
        context,
        feeds,
        records: records[index]!,
        apply: (effects) => applyEffects(effects, effectOptions),
        isUp,
        reread,
        clock,
        log,
        signal,
        onBatch,
      }),
    )
  }
  return { event, workers }
}
