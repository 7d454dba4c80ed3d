import { type AddressInfo, connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Doors, openDoors, type Phone } from './open-doors.ts'

let doors: Doors
let staff: Phone
let admin: Phone
let port: number
let server: ReturnType<typeof serve>
beforeAll(async () => {
  doors = await openDoors()
  staff = await doors.signIn('staff')
  admin = await doors.signIn('admin')
  server = serve({ fetch: doors.app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  await doors.close()
})

/** Sends a request line as it stands, which no URL parser has tidied; answers status and body. */
async function raw(line: string, { from, body = '' }: { from?: Phone; body?: string | Buffer } = {}) {
  const socket = connect(port, '127.0.0.1')
  const packed = typeof body !== 'string'
  const head = [
    `${line} HTTP/1.1`,
    'host: zekken.example',
    'connection: close',
    'content-type: application/json',
    ...(from ? [`authorization: ${from.bearer.authorization}`] : []),
    ...(packed ? ['content-encoding: gzip'] : []),
    `content-length: ${body.length}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  if (body.length > 0) socket.write(body)
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  return { status: Number(text.split(' ')[1]), text }
}

test.each([
  'GET /api/login/../events/EVENT/audit',
  'GET /api/login/%2e%2e/events/EVENT/audit',
  'GET /api/events/EVENT/audit/../../../login/refresh',
  'GET /api//events/EVENT/audit',
  'GET /api/events/EVENT/audit/',
  'GET /api/events/EVENT/audit;x',
  'GET /api/events/EVENT/%61udit',
  'GET /api/events/%2e/EVENT/audit',
  'GET /api/events/EVENT%2faudit',
  'GET //api/events/EVENT/audit',
  'GET http://zekken.example/api/events/EVENT/audit',
  'GET \\api\\events\\EVENT\\audit',
])('[GP20] %s opens nothing to one who may not read it', async (line) => {
  const request = line.replace('EVENT', doors.event)
  for (const from of [undefined, staff]) {
    const { status, text } = await raw(request, from ? { from } : {})
    expect([400, 401, 403, 404]).toContain(status)
    expect(text).not.toContain('"audit":')
  }
  const { text } = await raw(`GET /api/events/${doors.event}/audit`, { from: admin })
  expect(text).toContain('"audit":')
})

test.each([
  'GET /db/GEN/../../db/GEN/zk-office',
  'GET /db/GEN/zk-EVENT-log/../zk-office',
  'GET /db/GEN/zk-EVENT-log%2f..%2fzk-office',
  'GET /db/GEN/zk-EVENT-log/%2e%2e/zk-office',
  'GET /db/GEN//zk-office',
  'GET /db/GEN/zk-EVENT-log?x=/../zk-office',
  'GET /db/GEN/zk-office#/zk-EVENT-log',
  'GET /db//zk-office',
])('[GP21] %s reaches no database but the named one', async (line) => {
  const request = line.replaceAll('GEN', staff.generation).replaceAll('EVENT', doors.event)
  const { text } = await raw(request, { from: staff })
  expect(text).not.toContain('"db_name":"zk-office"')
})

test('[GP22] a route that reads JSON plainly gets a gzipped body unpacked', async () => {
  const body = gzipSync(JSON.stringify({ role: 'staff', name: 'Suzuki' }))
  const { status } = await raw(`POST /api/events/${doors.event}/invitations`, { from: admin, body })
  expect(status).toBe(201)
})

test('[GP23] a body that says it is larger than any route takes is not read', async () => {
  const socket = connect(port, '127.0.0.1')
  const head = [
    'POST /api/devices/heartbeat HTTP/1.1',
    'host: x',
    `authorization: ${staff.bearer.authorization}`,
    'connection: close',
  ]
  socket.write(`${[...head, 'content-length: 999999999'].join('\r\n')}\r\n\r\n`)
  let text = ''
  for await (const chunk of socket) {
    text += String(chunk)
    if (text.includes('ZK-GATE-003')) break
  }
  expect(text).toContain('413')
})
