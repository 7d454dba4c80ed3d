import { databaseName } from '../../design-docs/databases.ts'
import type { FunctionContext } from '../../functions/define.ts'
import type { Couch, Database } from '../couch/client.ts'
import type { ApplyOptions, StoragePort } from './apply-effects.ts'
import { type DeskMemory, rememberDesk } from './desk-memory.ts'
import { type EventBib, functionContext } from './function-context.ts'
import { type LogMemory, rememberLog } from './log-memory.ts'
import { createTargets } from './targets.ts'

export type EventParts = {
  databases: { log: Database; desk: Database }
  memory: { log: LogMemory; desk: DeskMemory }
  context: FunctionContext
  effects: ApplyOptions
}

type PartsOptions = {
  couch: Couch
  storage: StoragePort
  now(): number
  bibKeys(): Promise<Record<string, string>>
  bibTexts(bib: EventBib): Promise<string[]>
}

/** What functions need of one event: its databases, memories of them, reading and writing. Nothing is read yet. */
export function eventParts(event: string, { couch, storage, now, bibKeys, bibTexts }: PartsOptions): EventParts {
  const databases = {
    log: couch.database(databaseName(event, 'log')),
    desk: couch.database(databaseName(event, 'desk')),
  }
  const memory = { log: rememberLog(databases.log), desk: rememberDesk(databases.desk) }
  const targets = createTargets(couch, {
    onRead(database, doc) {
      if (database === databases.desk.name) memory.desk.takeWrite(doc._id, doc._rev, doc)
    },
    isAbsent: (database, id) => database === databases.desk.name && memory.desk.isAbsent(id),
  })
  return {
    databases,
    memory,
    context: functionContext({
      event,
      couch,
      ...memory,
      now,
      bibKeys,
      bibTexts,
      stored: (key) => storage.get(key),
    }),
    effects: { event, couch, targets, storage, onDeskWrite: memory.desk.takeWrite, now },
  }
}
