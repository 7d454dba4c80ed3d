import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Entrant } from '../../../design-docs/entry.ts'
import { ulid } from '../../../design-docs/ids.ts'
import { readConfig } from '../../../sync-server/config.ts'
import type { CouchDoc } from '../../../sync-server/couch/client.ts'
import { openCouch } from '../../../sync-server/couch/open-couch.ts'
import { type Entered, entrantId } from '../../../sync-server/entry/entrants.ts'
import { openInstallation } from '../../../sync-server/login/installation.ts'
import { createEvent } from '../../../sync-server/setup/create-event.ts'
import { eventDoc } from '../../rules/make-facts.ts'

/** An installation with an event that so many teams have entered, on a power-safe database. */
export async function openBenchMail(teams: number) {
  const folder = await mkdtemp(join(tmpdir(), 'zekken-mail-'))
  const { couch, embedded, close } = await openCouch(readConfig({ ...process.env, DATA_DIR: folder }))
  const it = await openInstallation({ couch, keysFolder: join(folder, 'keys') })
  const event = `m${Date.now().toString(36)}`
  const now = Date.now()
  const times = { startsAt: now, endsAt: now + 86_400_000 }
  await createEvent(couch, { ...eventDoc(), ...times, code: event }, { now: Date.now })
  const entrants = Array.from({ length: teams }, (_, n) => entrantOf(event, n, now))
  for (let at = 0; at < teams; at += 500) await it.office.bulk(entrants.slice(at, at + 500) as CouchDoc[])
  return {
    it,
    entrants,
    folder,
    async close() {
      if (!embedded) for (const name of await couch.names()) if (name.includes(event)) await couch.drop(name)
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function entrantOf(event: string, n: number, now: number): Entered {
  const draft = ulid(now, randomBytes(10))
  const number = String(1001 + n)
  const entry = {
    name: `やまびこ隊 ${number}`,
    mail: `team${number}@example.org`,
    classIds: ['a'],
    members: [{ id: 'm1', name: '髙﨑\u3000美咲', kana: 'タカサキ\u3000ミサキ' }],
    answers: {},
    memberAnswers: {},
    consents: [],
  }
  const entrant: Entrant & { number: string } = {
    _id: entrantId(event, draft),
    type: 'entrant',
    event,
    draft,
    number,
    version: 1,
    entry,
    language: 'ja',
    wantsCopy: false,
    enteredAt: now,
    changedAt: now,
  }
  return entrant
}

export type Taken = { user: string; to: string; messageId: string; at: number }

/** The mail server as a process: killed as by a power cut, started again on its port, asked for what it took. */
export async function startServerProcess(folder: string, mood: 'rough' | 'calm') {
  const file = join(folder, `taken-${mood}`)
  await writeFile(file, '')
  let child: ChildProcess | null = null
  let port = 0
  let seed = 20261122

  async function start(): Promise<void> {
    const script = join(import.meta.dirname, 'mail-server.ts')
    child = spawn(process.execPath, [script, String(port), file, String(seed++), mood], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = (await once(child.stdout ?? child, 'data')) as [Buffer]
    port = Number(said)
  }
  await start()
  return {
    port,
    start,
    async kill() {
      if (!child) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      child = null
    },
    async taken(): Promise<Taken[]> {
      const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean)
      return lines.map((line) => JSON.parse(line) as Taken)
    },
  }
}
