import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startZekken, type Zekken } from '../support/start-zekken.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (name: string) => readFile(join(root, name), 'utf8')
const texts = { 'README.md': await read('README.md'), 'README.ja.md': await read('README.ja.md') }

/** What stands in code blocks and in the table of commands, one command each. */
function commandsIn(text: string): string[] {
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'))
  const cells = [...text.matchAll(/^\| `(npm [^`]+)`/gm)].map(([, command = '']) => command)
  return [...blocks, ...cells]
}

let zekken: Zekken
let folder: string
const running = new Set<ChildProcess>()

beforeAll(async () => {
  // Whoever follows it has nothing but what comes with the product.
  vi.stubEnv('COUCHDB_URL', undefined)
  zekken = await startZekken()
  folder = await mkdtemp(join(tmpdir(), 'zekken-readme-'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  for (const child of running) child.kill('SIGKILL')
  await zekken?.end()
  await rm(folder, { recursive: true, force: true })
})

/** How each command is tried: what of it is changed to be short and to stay here, and what it must then say. */
const trials: Record<string, { as?: string; env?: Record<string, string>; says: RegExp; until?: 'said' }> = {
  'npm start': { env: { PORT: '0', DATA_DIR: 'new' }, says: /zekken is running[\s\S]*admin .*#invite=/, until: 'said' },
  'DEMO=off npm start': {
    env: { PORT: '0', DATA_DIR: 'own', DEMO: 'off' },
    says: /Set-up link[\s\S]*\/admin\/#/,
    until: 'said',
  },
  'npm run demo -- --live': {
    as: 'npm run demo -- --live --event trial',
    says: /Every team has finished/,
    until: 'said',
  },
  'npm run token -- --event demo --role judge': { says: /^ey[\w-]+\.[\w-]+\.[\w-]+$/m },
  'npm run redrive': { says: /0 tried again/ },
  'npm run replay -- --function settle': { says: /settle/ },
  'npm run rotate -- --tokens': { says: /Nobody is signed out/ },
  'npm run rotate': { says: /New bibs will be signed by [0-9A-F]{6}/ },
  // Without a word on whether it is meant, it says how to mean it and leaves everything as it is.
  'npm run forget -- --event CODE': { says: /--dry-run \| --confirm CODE/ },
  'npm run forget -- --event CODE --team N': { says: /--dry-run \| --confirm CODE or NUMBER/ },
  'npm run storage -- --from file:///… --to s3://…': {
    as: 'npm run storage -- --from file:///DIR/files --to file:///DIR/moved',
    says: /files: \d+ sent/,
  },
  'npm run audit': { says: /lines, 0 of forgotten events/ },
  'npm run sweep': { says: /0 differences|no differences/i },
  'npm run couchdb -- --port 5984 --data couch --admin admin:secret': {
    as: 'npm run couchdb -- --port 0 --data DIR/couch --admin admin:secret',
    says: /http:\/\/127\.0\.0\.1:\d+/,
    until: 'said',
  },
  'npm run fuzz -- --seeds 500': { as: 'npm run fuzz -- --seeds 1', says: /1/ },
  'npm run bench': { as: 'npm run bench -- nothing', says: /There are: .*couch/ },
}

/** These start the very run that this test is part of, or want a certificate that is not there. */
const notRunHere = new Set([
  'npm test',
  'npm run check',
  'HOST=0.0.0.0 PUBLIC_URL=https://zekken.example.org TLS_CERT=cert.pem TLS_KEY=key.pem DEMO=off npm start',
])

/** A port on which nobody listens: once installed, nothing asks the registry or the internet for anything. */
const nowhere = 'http://127.0.0.1:9'
const cutOff = { npm_config_registry: nowhere, https_proxy: nowhere, npm_config_https_proxy: nowhere }

const commands = [...new Set(Object.values(texts).flatMap(commandsIn))]

describe('commands of the README, with no package registry to ask', () => {
  test.each(commands.filter((command) => !notRunHere.has(command)))(
    '%s',
    async (command) => {
      const trial = trials[command]
      if (!trial) throw new Error(`nothing is known of "${command}": add it to the trials`)
      expect(await tryOut(trial.as ?? command, trial)).toMatch(trial.says)
    },
    120_000,
  )

  test('npm test begins its work too', async () => {
    const said = await tryOut('npm run pretest', { says: /^$/ })
    expect(said).not.toMatch(/Installing|ERR/)
    expect(said).toContain('install.mjs --build --browser')
  })

  test('every script of package.json that a user is told of exists', async () => {
    const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> }
    const names = commands.flatMap((command) => /npm (?:run )?([a-z]+)/.exec(command)?.[1] ?? [])
    expect(names.filter((name) => !(name in scripts))).toEqual([])
  })
})

test.each(Object.entries(texts))('every file that %s names is there', (_, text) => {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path)
  expect(links.length).toBeGreaterThan(5)
  expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test.each([
  ['README.md', '## Settings', '## Operation'],
  ['README.ja.md', '## 設定', '## 運用'],
] as const)('%s names every setting that the program reads, and no other', async (name, from, to) => {
  const source = await read('sync-server/config.ts')
  const known = [...source.matchAll(/^ {2}([A-Z_]{3,}):/gm)].map(([, setting = '']) => setting).sort()
  const table = texts[name].slice(texts[name].indexOf(`\n${from}\n`), texts[name].indexOf(`\n${to}\n`))
  const named = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, setting = '']) => setting),
  )
  expect(named.sort()).toEqual(known)
})

test('both tell of the same commands', () => {
  const [english, japanese] = Object.values(texts).map((text) => new Set(commandsIn(text)))
  expect([...japanese!].sort()).toEqual([...english!].sort())
})

async function tryOut(command: string, { env = {}, says, until }: (typeof trials)[string]): Promise<string> {
  const [, ...args] = command
    .replace(/^[A-Z_]+=\S+ /, '')
    .replaceAll('DIR', folder)
    .split(' ')
  const dataDir = env.DATA_DIR ? join(folder, env.DATA_DIR) : zekken.dataDir
  const port = env.PORT ?? new URL(zekken.url).port
  const child = spawn('npm', args, {
    cwd: root,
    env: { ...process.env, ...cutOff, LOG_LEVEL: 'error', ...env, DATA_DIR: dataDir, PORT: port },
    detached: true,
  })
  running.add(child)
  let said = ''
  await new Promise<void>((resolve) => {
    const hear = (text: Buffer) => {
      said += text
      if (until === 'said' && says.test(said)) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('close', () => resolve())
  })
  // npm and what it started are one group.
  if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGKILL')
  running.delete(child)
  return said
}
