import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import type { WholeEvent } from './make-event.ts'
import { keptProcess, type ServerProcess, serverSettings } from './server-process.ts'
import type { Answer } from './shared-server.ts'
import { startZekken, wholeEvent, type Zekken, type ZekkenEvent } from './start-zekken.ts'
import { zekkenOf } from './zekken-of.ts'

type Installation = { dataDir: string; url: string; server: ServerProcess; events: number }

let shared: Promise<Installation> | undefined

/** Every event is worked on as long as its server runs: after so many of them a new one is cheaper. */
const mostEvents = 8

/**
 * A small running event of its own in the one zekken of all the tests of this process. A test may end the server and
 * start it again; who looks at what belongs to the whole installation, or needs settings, takes `startZekken`.
 */
export async function sharedZekken(wanted: ZekkenEvent = {}): Promise<Zekken> {
  if (process.env.COUCHDB_URL) return await startZekken(wanted)
  shared ??= installation()
  const used = await shared
  const { server, url, dataDir } = used
  if (!server.runs()) await server.start()
  const event = `trial${randomBytes(4).toString('hex')}`
  await make(server, wholeEvent(event, wanted))
  used.events += 1
  return {
    ...(await zekkenOf({ url, dataDir, event, server })),
    async end() {
      if (used.events < mostEvents) return
      shared = undefined
      await server.stop('SIGKILL')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function installation(): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'zekken-'))
  const port = await freePort()
  const server = await keptProcess(async () => {
    const child = fork(join(import.meta.dirname, 'shared-server.ts'), {
      cwd: join(import.meta.dirname, '..', '..'),
      env: { ...process.env, ...serverSettings(dataDir, port) },
      execArgv: [],
      stdio: ['ignore', 'ignore', process.env.TEST_LOG ? 'inherit' : 'ignore', 'ipc'],
    })
    await Promise.race([once(child, 'message'), once(child, 'exit').then(gone)])
    return child
  })
  return { dataDir, url: `http://localhost:${port}`, server, events: 0 }
}

async function make(server: ServerProcess, event: WholeEvent): Promise<void> {
  const child = server.child()
  child.send(event)
  const [answer] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(gone)])) as [Answer]
  if (answer !== 'made') throw new Error(`The event could not be made: ${JSON.stringify(answer)}`)
}

function gone([code]: unknown[]): never {
  throw new Error(`The server ended with ${code}; TEST_LOG=1 shows what it had to say.`)
}
