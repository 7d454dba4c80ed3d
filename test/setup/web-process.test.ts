import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../../design-docs/primitives.ts'
import { readConfig } from '../../sync-server/config.ts'
import { issueAccessToken } from '../../sync-server/login/access-token.ts'
import { type RunningServer, startServer } from '../../sync-server/start-server.ts'
import { startEmbedded } from '../couch/support/start-embedded.ts'
import { freePort } from '../support/free-port.ts'

let folder: string
let couch: Awaited<ReturnType<typeof startEmbedded>>
let server: RunningServer
let couchUrl: string

// A process beside the one that runs the functions: the database is elsewhere, as CouchDB would be.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zekken-web-'))
  couch = await startEmbedded()
  const url = new URL(couch.url)
  url.username = 'admin'
  url.password = 'admin'
  couchUrl = url.href
  const env = { COUCHDB_URL: couchUrl, RUN: 'web', DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' }
  server = await startServer(readConfig(env), env)
})
afterAll(async () => {
  await server?.stop()
  await couch?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function post(path: string, role: Role, body: object) {
  const subject = { account: 'ogawa', session: 'one', device: 'desk0001', event: 'demo', role, teams: [] }
  const { accessToken } = await issueAccessToken(server.it.keys, subject, { nowMs: Date.now() })
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }
  const response = await fetch(server.localUrl + path, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as { error?: { code: string; message: string } } }
}

test('[ST9] a process with RUN=web runs no functions, and passes on to their process what is to be tried again', async () => {
  expect(server.runner).toBeNull()
  const id = 'parked:demo:settle:12'
  const failed = { function: 'settle', key: '12', state: 'parked', tries: 5, error: 'x', firstAt: 1, lastAt: 1 }
  await server.it.office.bulk([{ _id: id, type: 'parked', event: 'demo', ...failed, nextAt: null }])
  const redrive = (item: string) => post('/api/events/demo/problems/redrive', 'admin', { id: item })
  expect(await redrive('parked:demo:settle:13')).toMatchObject({ status: 404 })
  expect(await redrive(id)).toEqual({ status: 200, body: { redriven: true } })
  expect(await server.it.office.get(`redrive:${id}`)).toMatchObject({ item: id })
})

test('[ST9] what it cannot do it says, and who can', async () => {
  for (const operation of ['sweep', 'replay']) {
    const { status, body } = await post(`/api/operations/${operation}`, 'server', { function: 'settle' })
    expect([status, body.error?.code]).toEqual([409, 'ZK-SYS-005'])
    expect(body.error?.message).toContain('RUN=web')
  }
})

test('[RUN26] the command redrive runs no functions beside another machine’s: it leaves a note and says so', async () => {
  const id = 'parked:demo:rank:three'
  const failed = { function: 'rank', key: 'three', state: 'parked', tries: 5, error: 'x', firstAt: 1, lastAt: 1 }
  await server.it.office.bulk([{ _id: id, type: 'parked', event: 'demo', ...failed, nextAt: null }])
  const env = { ...process.env, COUCHDB_URL: couchUrl, DATA_DIR: folder, PORT: String(await freePort()), RUN: 'all' }
  const command = join(import.meta.dirname, '../../sync-server/operations/redrive.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [command, '--key', id], { env })
  expect(stdout).toBe('1 passed on to the process that runs the functions\n')
  expect(await server.it.office.get(`redrive:${id}`)).toMatchObject({ item: id })
  expect(await server.it.office.get(id)).toMatchObject({ state: 'parked', tries: 5 })
})

test('[ST12] a connection stays open longer than a proxy before the server keeps one to use again', async () => {
  const { headers } = await fetch(`${server.localUrl}/health`)
  expect(Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60)
})
