import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

// The first demo day is played where nothing is yet.
beforeAll(() => {
  vi.stubEnv('COUCHDB_URL', undefined)
})
afterAll(() => void vi.unstubAllEnvs())

test('[ST10] a server that is stopped in the middle of its first demo day ends in good order, and the next plays on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zekken-stop-'))
  try {
    expect(await startAndStop(folder)).toEqual({ code: 0, complaints: '' })
    expect(await startAndStop(folder)).toEqual({ code: 0, complaints: '' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

/** Starts it, stops it as an operator does once the demo day has begun, and answers how it ended. */
async function startAndStop(folder: string) {
  const env = { ...process.env, DATA_DIR: folder, PORT: '0', DURABILITY: 'process', LOG_LEVEL: 'error' }
  const child = spawn(process.execPath, ['sync-server/main.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (!said.includes('is being played') && `${said}${text}`.includes('is being played')) child.kill('SIGTERM')
    said += text
  })
  const [code] = await once(child, 'close')
  expect(said).toContain('The demo day is being played')
  return { code, complaints }
}
