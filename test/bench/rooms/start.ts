/** How soon the product is there again: a start on a data folder that holds the demo event and its whole day. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { percentile, report } from '../report.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const runs = Number(process.env.RUNS ?? 5)
const dataDir = await mkdtemp(join(tmpdir(), 'zekken-bench-start-'))
const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' }

const server = () => spawn(process.execPath, ['sync-server/main.ts'], { cwd: root, env, stdio: piped })
const npmStart = () => spawn('npm', ['start', '--silent'], { cwd: root, env, stdio: piped })
const piped = ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit']

async function untilSaid(child: ChildProcess, line: string): Promise<number> {
  const begun = performance.now()
  let said = ''
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.includes(line)) resolve(performance.now() - begun)
  })
  child.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${said}`)))
  return await promise
}

async function end(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  await closed
}

async function startAndEnd(start: () => ChildProcess, line = 'zekken is running'): Promise<number> {
  const child = start()
  const tookMs = await untilSaid(child, line)
  await end(child)
  return tookMs
}

async function median(measure: () => number | Promise<number>): Promise<number> {
  const taken: number[] = []
  for (let run = 0; run < runs; run++) taken.push(await measure())
  return percentile(taken, 0.5)
}

function bareNode(): number {
  const begun = performance.now()
  spawnSync(process.execPath, ['-e', ''])
  return performance.now() - begun
}

try {
  // The first one makes the event and plays its day; that and the installation are not measured.
  await startAndEnd(server, 'The demo day is recorded')
  const bare = await median(bareNode)
  const beside = {
    baseline: bare,
    baselineName: 'bare node',
    unit: 'ms',
    better: 'lower',
    goal: { value: 3000 },
  } as const
  const ours = await median(() => startAndEnd(server))
  report({ name: 'second start of the server until it is running, median', ours, ...beside })
  // This one may still have to build the apps.
  await startAndEnd(npmStart)
  const whole = await median(() => startAndEnd(npmStart))
  report({ name: 'second npm start until it is running, median', ours: whole, ...beside })
} finally {
  await rm(dataDir, { recursive: true, force: true })
}
