import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseName } from '../../../design-docs/databases.ts'
import type { CheckpointDoc, EventDoc } from '../../../design-docs/plan.ts'
import type { FunctionSpec } from '../../../functions/define.ts'
import { functions as allFunctions } from '../../../functions/index.ts'
import { bibOpener } from '../../../functions/rules/bib-opener.ts'
import { parseBib } from '../../../functions/rules/bib-qr.ts'
import { openCard } from '../../../functions/rules/open-card.ts'
import type { Couch, CouchDoc } from '../../../sync-server/couch/client.ts'
import type { Clock } from '../../../sync-server/feed/clock.ts'
import type { BatchReport } from '../../../sync-server/feed/function-worker.ts'
import { type Runner, startRunner } from '../../../sync-server/feed/start-runner.ts'
import { createEvent } from '../../../sync-server/setup/create-event.ts'
import { atMinute, checkpointDocs, eventDoc } from '../../rules/make-facts.ts'
import { testBibText, testBibTexts } from '../../support/bib-texts.ts'
import { openCouchApart } from '../../support/open-couch-apart.ts'
import { cuttable } from './cuttable-couch.ts'
import { manualClock } from './manual-clock.ts'

type RunOptions = {
  functions?: readonly FunctionSpec[]
  clock?: Clock
  events?: () => Promise<string[]>
  bibKeys?: () => Promise<Record<string, string>>
  bibTexts?: typeof testBibTexts
  /** The link unless told otherwise. */
  couch?: Couch
}
type Anything = { _id: string; _attachments?: unknown }

/**
 * An event in a database of its own kind: the embedded one in a new folder, or that of `COUCHDB_URL`. The runner talks
 * to it over `link`, which can be cut; the test itself over a link that cannot.
 */
export async function openEvent() {
  const folder = await mkdtemp(join(tmpdir(), 'zekken-feed-'))
  const { couch, close, drop } = await openCouchApart(folder)
  const event = `t${randomBytes(6).toString('hex')}`
  const link = cuttable(couch)
  const clock = manualClock(atMinute(300))
  const files = new Map<string, Uint8Array>()
  const storage = {
    put: async (key: string, bytes: Uint8Array) => void files.set(key, bytes),
    get: async (key: string) => files.get(key) ?? null,
    delete: async (key: string) => files.delete(key),
    list: async (folder: string) => [...files.keys()].filter((key) => key.startsWith(folder)).sort(),
  }
  const batches: BatchReport[] = []
  const said: string[] = []
  const runners = new Set<Runner>()
  const database = (kind: 'log' | 'desk' | 'board' | 'roster' | 'gate' | 'figures') =>
    couch.database(databaseName(event, kind))
  const say = (message: string, fields?: object) => void said.push(`${message} ${JSON.stringify(fields ?? {})}`)

  const plan: (EventDoc | CheckpointDoc)[] = checkpointDocs()
  await createEvent(couch, { ...eventDoc(), code: event }, { now: clock.now })
  await database('desk').bulk(plan.map((doc) => ({ ...doc, event }) as CouchDoc))

  /** What a phone reads in a sealed card once it has scanned that bib; what none of the first issues opens stays shut. */
  async function opened(sealed: { _id: string; box?: unknown }): Promise<object> {
    for (const { id } of await database('roster').all({ startkey: 'card:', endkey: 'card;' })) {
      for (const issue of [1, 2, 3]) {
        const bib = parseBib(await testBibText({ event, number: id.slice('card:'.length), issue }))
        const opener = typeof bib === 'string' ? null : await bibOpener(bib.signature)
        if (opener?.id === sealed._id) return { issue, card: await openCard(opener, String(sealed.box)) }
      }
    }
    return sealed
  }

  return {
    couch,
    link,
    event,
    clock,
    files,
    batches,
    said,
    database,
    ofTeam: (team: string) => couch.database(databaseName(event, 'team', team)),
    async run(options: RunOptions = {}) {
      const runner = await startRunner({
        couch: options.couch ?? link,
        functions: options.functions ?? allFunctions,
        events: options.events ?? (async () => [event]),
        storage,
        bibKeys: options.bibKeys ?? (async () => ({ K1: 'public' })),
        bibTexts: options.bibTexts ?? testBibTexts,
        log: { info: say, warn: say, error: say },
        clock: options.clock ?? clock,
        onBatch: (report) => void batches.push(report),
      })
      runners.add(runner)
      return runner
    },
    /** Facts or plan documents, as a phone or the API would write them; answers what was refused. */
    async write(kind: 'log' | 'desk', docs: readonly Anything[]) {
      const rows = await database(kind).bulk(docs.map((doc) => ({ ...doc, event }) as CouchDoc))
      return rows.filter((row) => row.error)
    },
    /** Everything that functions have written, without revisions and in order, sealed cards opened, the event called EVENT. */
    async snapshot(): Promise<string[]> {
      const names = (await couch.names()).filter((name) => name.startsWith(`zk-${event}-`) && !name.endsWith('-log'))
      const docs = await Promise.all(
        names.sort().map(async (name) => {
          const rows = await couch.database(name).all({ includeDocs: true })
          const written = rows.flatMap(({ id, doc }) => (doc && !id.startsWith('_design/') ? [doc] : []))
          const shown = await Promise.all(
            written.map((doc) => (doc.type === 'sealed' ? opened(doc) : doc.type === 'bib' ? unsigned(doc) : doc)),
          )
          return shown.map((doc) => `${name} ${plain(doc)}`).sort()
        }),
      )
      return docs.flat().map((line) => line.replaceAll(event, 'EVENT'))
    },
    async close() {
      for (const runner of runners) await runner.stop()
      await drop()
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type OpenEvent = Awaited<ReturnType<typeof openEvent>>

/** The signature is over the event's own code. */
function unsigned(doc: { _id: string; text?: unknown }): object {
  const said = parseBib(String(doc.text))
  if (typeof said === 'string') throw new Error(`${doc._id} holds no bib but ${said}`)
  return { ...doc, text: `${said.bib.number} issue ${said.bib.issue} by ${said.bib.kid}` }
}

function plain(doc: unknown): string {
  return JSON.stringify(doc, (key, value) => {
    if (key === '_rev' || key === 'revpos') return undefined
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
  })
}
