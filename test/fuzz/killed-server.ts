import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { WorldServer } from './actions.ts'
import { openFuzzServer } from './fuzz-server.ts'
import { fuzzedFunctions } from './fuzzed-functions.ts'

const main = join(import.meta.dirname, '..', '..', 'sync-server', 'main.ts')

/** The whole product as a process of its own that knows no other end than `kill -9`. */
export type KilledServer = WorldServer & { kill(): Promise<void>; start(): Promise<void> }

/** `people`: who will sign in, and how often; their invitations are made before the process starts. */
export async function startKilledServer(root: string, people: readonly string[]): Promise<KilledServer> {
  const invitations = new Map<string, string[]>()
  const maker = await openFuzzServer({ functions: fuzzedFunctions }, root)
  for (const account of people) {
    const role = account.startsWith('judge') ? 'judge' : 'staff'
    invitations.set(account, [...(invitations.get(account) ?? []), await maker.invite(role, { account, teams: [] })])
  }
  await maker.close()
  const port = await freePort()
  let child: ChildProcess | null = null

  const start = async () => {
    const env = {
      ...process.env,
      DATA_DIR: join(root, 'data'),
      PORT: String(port),
      DEMO: 'off',
      LOG_LEVEL: 'error',
      PUBLIC_URL: 'http://fuzz',
    }
    const made = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    child = made
    await new Promise<void>((resolve, reject) => {
      made.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('zekken is running')) resolve()
      })
      made.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    })
  }
  const kill = async () => {
    const was = child
    child = null
    if (!was || was.exitCode !== null) return
    const ended = once(was, 'close')
    was.kill('SIGKILL')
    await ended
  }
  await start()
  return {
    clock: { now: () => Date.now() },
    send: (url, init) => fetch(url.replace('http://fuzz', `http://127.0.0.1:${port}`), init),
    async invite(_role, { account }) {
      const token = invitations.get(account)?.shift()
      if (!token) throw new Error(`there is no invitation left for ${account}`)
      return token
    },
    drain: async () => {},
    kill,
    start,
    async crash() {
      await kill()
      await start()
    },
    // What the kernel holds survives the end of a process: here it is a crash like any other.
    async cutPower() {
      await kill()
      await start()
    },
    async crashAt(_strike, work) {
      const working = work()
      await kill()
      await working
      await start()
    },
    copy: async () => {},
    restore: async () => false,
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
