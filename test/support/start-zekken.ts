import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { office as officeDatabase } from '../../design-docs/databases.ts'
import type { EventRules, MenusDoc } from '../../design-docs/plan.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { readConfig } from '../../sync-server/config.ts'
import { openCouch } from '../../sync-server/couch/open-couch.ts'
import { openInstallation } from '../../sync-server/login/installation.ts'
import type { EntryDraft } from '../../sync-server/setup/add-teams.ts'
import type { CheckpointDraft } from '../../sync-server/setup/create-event.ts'
import { freePort } from './free-port.ts'
import { makeEvent, type WholeEvent } from './make-event.ts'
import { keptProcess, serverSettings } from './server-process.ts'
import { zekkenOf } from './zekken-of.ts'

const root = join(import.meta.dirname, '..', '..')

/** A running zekken as a test sees it: a server and one event. */
export type Zekken = {
  url: string
  dataDir: string
  event: string
  /** The one-time link that signs a device in. */
  invite(role: Role, name: string, teams?: string[]): Promise<string>
  /** A token of the API, for looking behind the screens. */
  token(role: Role, teams?: string[]): Promise<string>
  get(path: string, role?: Role): Promise<unknown>
  post(path: string, body: unknown, role?: Role): Promise<unknown>
  put(path: string, body: unknown, role?: Role): Promise<unknown>
  /** Ends the server as an operator would, or as a power cut does; its data stays. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts it again on the same port and data. */
  start(): Promise<void>
  /** Of the server's process as it runs now. */
  pid(): number
  /** What the test has no more use for goes: the data, with whatever runs for it alone. */
  end(): Promise<void>
}

export type OwnZekken = Zekken & {
  /** Stops it for a moment and copies its data, as a nightly backup does; answers the copy's folder. */
  snapshot(): Promise<string>
  /** Replaces the data by such a copy, with the copy's generation or as another server's, and starts on it. */
  restore(copy: string, generation?: 'copied' | 'new'): Promise<void>
}

export type ZekkenEvent = {
  checkpoints?: CheckpointDraft[]
  teams?: EntryDraft[]
  rules?: Partial<EventRules>
  limitMinutes?: number
  /** Milliseconds since 1970. */
  protestUntil?: number
  /** Staff may search unless told otherwise, so that their phones know teams whose bibs nobody has scanned. */
  menus?: MenusDoc['masks']
}

export const gifu = { lat: 35.4339, lng: 136.7822 }
export const someCheckpoints: CheckpointDraft[] = [
  { number: 'S', name: { ja: 'スタート', en: 'Start' }, lat: 35.4331, lng: 136.7727, points: 0, kind: 'start' },
  { number: 'G', name: { ja: 'ゴール', en: 'Goal' }, lat: 35.4331, lng: 136.7727, points: 0, kind: 'goal' },
  { number: '34', name: { ja: '金華山展望台', en: 'Mt Kinka lookout' }, ...gifu, points: 34, kind: 'staffed' },
  {
    number: '18',
    name: { ja: '水神の祠', en: 'Water shrine' },
    lat: 35.4378,
    lng: 136.7755,
    points: 18,
    kind: 'photo',
  },
]
export const someTeams: EntryDraft[] = ['101', '102', '103', '128'].map((team, index) => ({
  team,
  name: ['長良川ランナーズ', "O'Brien & 仲間たち", '川原町探検隊', '里山ハイカーズ'][index] ?? team,
  classIds: ['three'],
  members: [
    { id: 'm1', name: '髙﨑\u3000美咲', kana: 'タカサキ\u3000ミサキ' },
    { id: 'm2', name: '𠮷田\u3000健', kana: 'ヨシダ\u3000ケン' },
  ],
}))

/** What a test asks for, with the usual for what it does not care about. */
export const wholeEvent = (code: string, wanted: ZekkenEvent): WholeEvent => ({
  ...wanted,
  code,
  checkpoints: wanted.checkpoints ?? someCheckpoints,
  teams: wanted.teams ?? someTeams,
})

/**
 * A whole zekken as a process of its own with a small running event, its data in a folder that is thrown away, or in
 * databases of its own at `COUCHDB_URL`; those no snapshot holds. Who needs no settings and shares no data with the
 * tests of other files takes `sharedZekken`, which costs a tenth.
 */
export async function startZekken(
  wanted: ZekkenEvent = {},
  settings: { port?: number; env?: Record<string, string> } = {},
): Promise<OwnZekken> {
  const dataDir = await mkdtemp(join(tmpdir(), 'zekken-'))
  const event = process.env.COUCHDB_URL ? `trial${randomBytes(4).toString('hex')}` : 'trial'
  await prepare(dataDir, wholeEvent(event, wanted))
  const port = settings.port ?? (await freePort())
  const server = await keptProcess(() => launch(dataDir, port, settings.env))
  const copies: string[] = []

  const zekken: OwnZekken = {
    ...(await zekkenOf({ url: `http://localhost:${port}`, dataDir, event, server })),
    async snapshot() {
      const copy = await mkdtemp(join(tmpdir(), 'zekken-copy-'))
      copies.push(copy)
      await zekken.stop()
      await cp(dataDir, copy, { recursive: true })
      await zekken.start()
      return copy
    },
    async restore(copy, generation = 'copied') {
      await zekken.stop()
      await rm(dataDir, { recursive: true })
      await cp(copy, dataDir, { recursive: true })
      if (generation === 'new') await renewGeneration(dataDir)
      await zekken.start()
    },
    async end() {
      await zekken.stop('SIGKILL')
      if (process.env.COUCHDB_URL) await dropEvent(dataDir, event)
      for (const folder of [dataDir, ...copies]) await rm(folder, { recursive: true, force: true })
    },
  }
  return zekken
}

async function prepare(dataDir: string, event: WholeEvent): Promise<void> {
  const { couch, close } = await openTestCouch(dataDir)
  await openInstallation({ couch, keysFolder: join(dataDir, 'keys') })
  await makeEvent(couch, event)
  await close()
}

const openTestCouch = (dataDir: string) =>
  openCouch(readConfig({ COUCHDB_URL: process.env.COUCHDB_URL, DATA_DIR: dataDir, DURABILITY: 'process' }))

async function dropEvent(dataDir: string, code: string): Promise<void> {
  const { couch, close } = await openTestCouch(dataDir)
  for (const name of await couch.names()) if (name.startsWith(`zk-${code}-`)) await couch.drop(name)
  await close()
}

/** Data of the same event with a life of its own since the copy: another server's, to the phones. */
async function renewGeneration(dataDir: string): Promise<void> {
  const { couch, close } = await openTestCouch(dataDir)
  const office = couch.database(officeDatabase)
  const found = await office.get('generation')
  await office.put({ ...found, _id: 'generation', id: randomBytes(16).toString('hex'), since: Date.now() })
  await close()
}

async function launch(dataDir: string, port: number, settings: Record<string, string> = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(root, 'sync-server', 'main.ts')], {
    cwd: root,
    env: { ...process.env, ...serverSettings(dataDir, port), ...settings },
    // Where a test fails, TEST_LOG=1 shows what the server had to say.
    stdio: ['ignore', 'pipe', process.env.TEST_LOG ? 'inherit' : 'ignore'],
  })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('zekken is running')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${said}`)))
  })
  return child
}
