/**
 * One-time links made and opened per second over HTTP with the real server's doors, beside the same file served without
 * any question: by nginx where it is installed, else by a bare server of Node's. Then palettes and portraits.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { Agent, createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { databaseName } from '../../../design-docs/databases.ts'
import type { ImageDoc } from '../../../design-docs/derived.ts'
import { imageId } from '../../../design-docs/ids.ts'
import type { MadeImageLink } from '../../../design-docs/links.ts'
import { mountDoors } from '../../../sync-server/gateway/mount-doors.ts'
import type { GuardedEnv } from '../../../sync-server/login/guard.ts'
import { jpeg, openDoors } from '../../gateway/open-doors.ts'
import { freePort } from '../../support/free-port.ts'
import { report } from '../report.ts'

const links = 1500
const atOnce = 8
const pictureBytes = 60_000

const folder = await mkdtemp(join(tmpdir(), 'zekken-bench-images-'))
const picture = jpeg(pictureBytes)
const file = join(folder, 'picture.jpg')
await writeFile(file, picture)
const agent = new Agent({ keepAlive: true, maxSockets: atOnce })

const doors = await openDoors()
await doors.databaseFor('desk')
const app = new Hono<GuardedEnv>()
mountDoors(app, { it: doors.it, storage: doors.storage, allowedOrigins: [], linksPerMinute: 1_000_000 })
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server
await once(server, 'listening')
const ours = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

try {
  const phone = await doors.signIn('participant', { teams: ['12'] })
  const photo = phone.fact('photo', { team: '12' })
  await phone.push([photo])
  const storageKey = `${doors.event}/picture/${photo._id}/1-1600.jpg`
  await doors.storage.put(storageKey, picture)
  const image: ImageDoc = {
    _id: imageId(photo._id),
    type: 'image',
    event: doors.event,
    photo: photo._id,
    team: '12',
    purpose: 'checkin',
    version: 1,
    takenAt: 1,
    sizes: { '1600': { storageKey, width: 1600, height: 1200, bytes: pictureBytes } },
  }
  await doors.couch.database(databaseName(doors.event, 'desk')).put(image as never)
  const { authorization = '' } = phone.bearer
  const ask = `${ours}/api/images/${encodeURIComponent(photo._id)}/url`
  const json = { authorization, 'content-type': 'application/json' }
  const made: string[] = []
  const make = async () => {
    const { body } = await call(ask, { method: 'POST', headers: json, body: '{"variant":"large"}' })
    made.push((JSON.parse(body.toString()) as MadeImageLink).url)
  }
  const open = async (path: string | undefined) => {
    const { status, body } = await call(ours + path, { headers: { authorization } })
    if (status !== 200 || body.length !== pictureBytes) throw new Error(`${status}, ${body.length} bytes`)
  }
  await times(50, make)
  await times(50, () => open(made.pop()))
  const making = await times(links, make)
  const opening = await times(links, () => open(made.pop()))

  const baseline = await startBaseline()
  const plain = async () => {
    const { body } = await call(baseline.url, {})
    if (body.length !== pictureBytes) throw new Error(`${body.length} bytes`)
  }
  await times(50, plain)
  const serving = await times(links, plain)
  await baseline.stop()
  const shared = { baseline: serving, unit: 'a second', better: 'higher' } as const
  const baselineName = `${baseline.name}, the same 60 KB file, nothing asked`
  report({ name: 'one-time links opened', ours: opening, ...shared, baselineName })
  report({ name: 'one-time links made', ours: making, ...shared, baselineName })
} finally {
  agent.destroy()
  server.close()
  server.closeAllConnections()
  await doors.close()
  await rm(folder, { recursive: true })
}
// Clustering and painting, once nothing else works.
await import('../support/bench-palettes.ts')

/** How many a second, `atOnce` at a time. */
async function times(count: number, work: () => Promise<void>): Promise<number> {
  let left = count
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await work()
    }),
  )
  return count / ((performance.now() - begun) / 1000)
}

type Call = { method?: string; headers?: Record<string, string>; body?: string }
async function call(url: string, { body, ...options }: Call): Promise<{ status: number; body: Buffer }> {
  return await new Promise((resolve, reject) => {
    const sent = request(url, { ...options, agent }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }))
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function startBaseline(): Promise<{ name: string; url: string; stop(): Promise<void> }> {
  return spawnSync('nginx', ['-v']).error ? await startBare() : await startNginx()
}

async function startBare() {
  const bare = createServer(async (_, answer) => {
    const { size } = await stat(file)
    answer.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': size })
    createReadStream(file).pipe(answer)
  })
  bare.listen(0, '127.0.0.1')
  await once(bare, 'listening')
  return {
    name: 'a bare server of Node (nginx is not installed)',
    url: `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`,
    async stop() {
      bare.close()
      bare.closeAllConnections()
    },
  }
}

async function startNginx() {
  const port = await freePort()
  const config = join(folder, 'nginx.conf')
  await writeFile(
    config,
    `worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log stderr error; events {}
http { access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
uwsgi_temp_path ${folder}; scgi_temp_path ${folder}; types { image/jpeg jpg; }
server { listen 127.0.0.1:${port}; root ${folder}; sendfile on; keepalive_requests 100000; } }`,
  )
  const nginx: ChildProcess = spawn('nginx', ['-c', config, '-p', folder], { stdio: ['ignore', 'ignore', 'inherit'] })
  const url = `http://127.0.0.1:${port}/picture.jpg`
  for (let tries = 0; tries < 100; tries++) {
    const answers = await call(url, {}).then(
      () => true,
      () => false,
    )
    if (answers) break
    await pause(20)
  }
  return {
    name: 'nginx',
    url,
    async stop() {
      nginx.kill()
      await once(nginx, 'exit')
    },
  }
}
