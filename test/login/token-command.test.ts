import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { readAccessToken } from '../../sync-server/login/access-token.ts'
import { loadKeys } from '../../sync-server/login/keys.ts'

const command = join(import.meta.dirname, '../../sync-server/operations/token.ts')
async function run(folder: string, ...options: string[]) {
  const env = { ...process.env, DATA_DIR: folder }
  return await promisify(execFile)(process.execPath, [command, ...options], { env })
}

test('[LG27] the token command prints a token of the installation whose data folder it is given', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zekken-token-'))
  const { stdout } = await run(
    folder,
    '--event',
    'demo',
    '--role',
    'agent',
    '--team',
    '12',
    '--team',
    '13',
    '--ttl',
    '2h',
  )
  const keys = await loadKeys({ folder: join(folder, 'keys') })
  const caller = await readAccessToken(keys, stdout.trim(), Date.now())
  expect(caller).toMatchObject({ account: 'command', event: 'demo', roles: ['agent'], teams: ['12', '13'] })
  expect(Math.round((caller.expiresAt - Date.now()) / 60_000)).toBe(120)
})

test.each([
  [['--event', 'demo', '--role', 'king'], '--role king'],
  [['--event', 'Demo!', '--role', 'judge'], '--event Demo!'],
  [['--event', 'demo', '--role', 'judge', '--ttl', 'long'], '--ttl long'],
])('[LG28] %j is named as wrong and makes no token', async (options, named) => {
  const folder = await mkdtemp(join(tmpdir(), 'zekken-token-'))
  const failed = (await run(folder, ...options).catch((error: unknown) => error)) as { stderr: string; stdout: string }
  expect(failed.stderr).toContain(named)
  expect(failed.stdout).toBe('')
})
