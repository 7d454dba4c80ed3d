/**
 * Runs everything and closes with `N passed, N failed`. `--check` leaves out the browser and the long fuzz.
 * Each step counts as one; Vitest's own tests count one by one.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const quick = process.argv.includes('--check')
const bin = (name: string) => join(root, 'node_modules', '.bin', name)
const folder = mkdtempSync(join(tmpdir(), 'zekken-test-'))
// Servers are started dozens of times: what was compiled for the first of them serves the others.
const env = {
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
  ...process.env,
  // Whatever a test leaves in the folder for passing files goes with ours.
  TMPDIR: folder,
}

let passed = 0
let failed = 0
/** What did not hold, by name: said once more at the end, where a log that was cut still has it. */
const broken: string[] = []
const wavering: string[] = []
/** On a machine that is busy with something else a wait may be too short; what passed then is named at the end. */
const onceMore = '--retry=1'

await step('format and lint', bin('biome'), ['check', '--colors=off', '.'])
await step('types', bin('tsc'), ['--noEmit'])
await step('nothing unused', bin('knip'), ['--no-progress'])
if (quick) {
  await suite('unit', [
    '--maxWorkers=3',
    '--exclude',
    'test/browser/**',
    '--exclude',
    'test/fuzz/**',
    '--exclude',
    'test/flow/**',
  ])
} else {
  // Most of them wait for disk and sockets, so that three at a time keep two cores busy; files share what they import.
  await suite('unit and flow', [
    '--maxWorkers=3',
    '--no-isolate',
    onceMore,
    '--exclude',
    'test/browser/**',
    '--exclude',
    'test/fuzz/**',
  ])
  await suite('fuzz', ['--maxWorkers=2', 'test/fuzz/'])
  // Files share what they import and one Chromium for each of the three workers: a test waits for a third of its time.
  const patient = ['--testTimeout=120000', '--hookTimeout=120000']
  await suite('browser', ['--maxWorkers=3', '--no-isolate', onceMore, ...patient, 'test/browser/'])
}
rmSync(folder, { recursive: true, force: true })
for (const name of wavering) process.stdout.write(`passed at the second try: ${name}\n`)
for (const name of broken) process.stdout.write(`FAILED: ${name}\n`)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1

async function step(name: string, command: string, args: string[]): Promise<void> {
  const started = Date.now()
  const status = await run(command, args)
  if (status === 0) passed++
  else failed++
  process.stdout.write(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds(started)})\n`)
}

async function suite(name: string, args: string[]): Promise<void> {
  const started = Date.now()
  const report = join(folder, `${name.replaceAll(' ', '-')}.json`)
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const status = await run(bin('vitest'), ['run', '--no-color', ...reporters, ...args])
  const counts = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Counts) : null
  passed += counts?.numPassedTests ?? 0
  failed += counts?.numFailedTests ?? 0
  if (counts) broken.push(...failuresOf(counts))
  if (counts) wavering.push(...secondTriesOf(counts))
  // A suite that could not be loaded, or an error outside of a test, fails no test but the run.
  if (status !== 0 && !counts?.numFailedTests) failed++
  process.stdout.write(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds(started)})\n`)
}

/** Part of what Vitest's JSON reporter writes. */
type Counts = {
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string; status: string; message?: string; assertionResults: Assertion[] }[]
}
type Assertion = { status: string; fullName: string; failureMessages?: string[] | null }

/** Each test that failed with the first line of why, and each file that could not be loaded. */
function failuresOf({ testResults }: Counts): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((one) => one.status === 'failed')
    if (status === 'failed' && tests.length === 0) return [`${relative(root, name)}: ${firstLine(message)}`]
    return tests.map((one) => described(name, one))
  })
}

/** Tests that passed and have something to say of a failure did not pass at once. */
function secondTriesOf({ testResults }: Counts): string[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages?.length)
      .map((one) => described(name, one)),
  )
}

function described(path: string, { fullName, failureMessages }: Assertion): string {
  return `${relative(root, path)} > ${fullName}: ${firstLine(failureMessages?.[0])}`
}

function firstLine(text = 'no reason given'): string {
  return text.split('\n', 1)[0] ?? text
}

function run(command: string, args: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

function seconds(started: number): string {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`
}
