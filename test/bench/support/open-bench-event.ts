import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseName } from '../../../design-docs/databases.ts'
import type { FunctionSpec } from '../../../functions/define.ts'
import { functions as allFunctions } from '../../../functions/index.ts'
import { readConfig } from '../../../sync-server/config.ts'
import type { CouchDoc } from '../../../sync-server/couch/client.ts'
import { openCouch } from '../../../sync-server/couch/open-couch.ts'
import type { BatchReport } from '../../../sync-server/feed/function-worker.ts'
import { startRunner } from '../../../sync-server/feed/start-runner.ts'
import { folderStorage } from '../../../sync-server/images/folder-storage.ts'
import { createEvent } from '../../../sync-server/setup/create-event.ts'
import { checkpointDocs, eventDoc, factMaker } from '../../rules/make-facts.ts'
import { testBibTexts } from '../../support/bib-texts.ts'
import { watchCards } from './watch-cards.ts'

const log = { info: say, warn: say, error: say }
function say(message: string, fields?: object): void {
  process.stderr.write(`${message} ${JSON.stringify(fields ?? {})}\n`)
}

type BenchOptions = {
  teams: readonly string[]
  classes?: string[]
  functions?: readonly FunctionSpec[]
  onBatch?: (report: BatchReport) => void
}

/** An event with its runner on the embedded database, power-safe as by default, or on that of `COUCHDB_URL`. */
export async function openBenchEvent(options: BenchOptions) {
  const { teams, classes = ['a'], functions = allFunctions, onBatch = () => {} } = options
  const folder = await mkdtemp(join(tmpdir(), 'zekken-bench-'))
  const { couch, embedded, close } = await openCouch(readConfig({ ...process.env, DATA_DIR: folder }))
  const event = `b${Date.now().toString(36)}`
  const database = (kind: 'log' | 'desk' | 'board' | 'roster') => couch.database(databaseName(event, kind))
  const storage = folderStorage({ folder: join(folder, 'files') })
  const plan = eventDoc()
  const ids = [...new Set(classes)]
  const eventClasses = ids.map((id) => ({ ...plan.classes[0]!, id }))
  const running = {
    endsAt: Date.now() + 86_400_000,
    startsAt: 0,
    rules: { ...plan.rules, duplicateMinutes: 0, maxSpeedKmh: 1000 },
  }
  await createEvent(couch, { ...plan, ...running, code: event, classes: eventClasses }, { now: Date.now })
  await database('desk').bulk(checkpointDocs().map((doc) => ({ ...doc, event }) as CouchDoc))
  const entries = teams.map((team, n) =>
    factMaker(team).entry({ name: `Team ${team}`, classIds: [ids[n % ids.length] ?? 'a'] }),
  )
  for (let at = 0; at < entries.length; at += 500) {
    await database('log').bulk(entries.slice(at, at + 500).map((fact) => ({ ...fact, event }) as unknown as CouchDoc))
  }
  const runner = await startRunner({
    couch,
    functions,
    storage,
    events: async () => [event],
    bibKeys: async () => ({}),
    bibTexts: testBibTexts,
    log,
    onBatch,
  })
  await runner.drain()

  return {
    event,
    couch,
    isEmbedded: embedded,
    log: withEvent(database('log'), event),
    desk: database('desk'),
    storage,
    runner,
    async emptyDatabase(name: string) {
      await couch.create(`${event}-${name}`)
      return couch.database(`${event}-${name}`)
    },
    watchCards: (kind: 'desk' | 'roster') => watchCards(database(kind)),
    async close() {
      await runner.stop()
      if (!embedded) for (const name of await couch.names()) if (name.includes(event)) await couch.drop(name)
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function withEvent<
  T extends { put(doc: CouchDoc): Promise<unknown>; bulk(docs: readonly CouchDoc[]): Promise<unknown> },
>(log: T, event: string) {
  return {
    put: (doc: CouchDoc) => log.put({ ...doc, event }),
    bulk: (docs: readonly CouchDoc[]) => log.bulk(docs.map((doc) => ({ ...doc, event }))),
  }
}
