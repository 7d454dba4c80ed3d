import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const bare = machinePath()
const machine = nodeOf(bare)
const isCheckout = existsSync(join(root, '.git'))

/** Where this machine's own programs are, without those that came with the packages. */
function machinePath(): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.filter((folder) => !folder.includes('node_modules') && !folder.includes('node-gyp')).join(delimiter)
}

function nodeOf(path: string): { node: string; major: number } {
  const node = path
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .find(existsSync)
  if (node === undefined) return { node: process.execPath, major: 0 }
  return { node, major: Number(/^v(\d+)/.exec(execFileSync(node, ['--version'], { encoding: 'utf8' }))?.[1]) }
}

/** A port on which nobody listens: nothing may be asked of a registry. */
const nowhere = 'http://127.0.0.1:9'
const name =
  'a copy of what is tracked, its packages installed, no registry to ask, and only an older Node on the machine'

describe.skipIf(!isCheckout || machine.major < 20 || machine.major >= 24)(`${name} (here ${machine.major})`, () => {
  let copy: string
  const running = new Set<ChildProcess>()
  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'zekken-copy-'))
    const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
    for (const file of tracked) {
      if (!existsSync(join(root, file))) continue
      await mkdir(dirname(join(copy, file)), { recursive: true })
      await cp(join(root, file), join(copy, file))
    }
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  })
  afterAll(async () => {
    for (const child of running) if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
    await rm(copy, { recursive: true, force: true })
  })

  /** Nothing of what runs this test is handed on: neither its Node nor npm's settings. */
  function run(command: string, args: readonly string[]) {
    const env = { PATH: bare, HOME: copy, npm_config_registry: nowhere, npm_config_update_notifier: 'false' }
    // Who asks all the same is to fail at once.
    const noRetries = { npm_config_fetch_retries: '0' }
    const own = { PORT: '0', DATA_DIR: join(copy, 'data'), DEMO: 'off', LOG_LEVEL: 'error' }
    const child = spawn(command, args, { cwd: copy, env: { ...env, ...own, ...noRetries }, detached: true })
    running.add(child)
    const said = { text: '' }
    const hear = (text: Buffer) => {
      said.text += text
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    return { child, said }
  }

  test('[ST11] the installer finds everything there and asks nobody', async () => {
    const { child, said } = run(machine.node, ['sync-server/setup/install.mjs'])
    const [code] = await once(child, 'close')
    expect([code, said.text]).toEqual([0, ''])
  })

  test('[ST11] npm start builds the apps and serves them by the Node that came with the packages', {
    timeout: 240_000,
  }, async () => {
    const { child, said } = run('npm', ['start'])
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', () => {
        const [, address] = /zekken is running: (\S+)/.exec(said.text) ?? []
        if (address) resolve(address)
      })
      child.once('close', () => reject(new Error(said.text)))
    })
    expect(said.text).toContain('Building the apps')
    expect(said.text).not.toContain('Installing')
    for (const app of ['staff', 'admin', 'team']) {
      const page = await fetch(`${url}/${app}/`)
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<script type="module"')])
    }
    const metrics = await (await fetch(`${url}/metrics`)).text()
    expect(Number(/^zekken_database_done (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(0)
    expect(Number(/nodejs_version_info\{version="v(\d+)/.exec(metrics)?.[1])).toBeGreaterThanOrEqual(24)
    child.kill('SIGTERM')
    await once(child, 'close')
  })
})
