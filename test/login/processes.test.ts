import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mountDoors } from '../../sync-server/gateway/mount-doors.ts'
import type { GuardedEnv } from '../../sync-server/login/guard.ts'
import { openInstallation } from '../../sync-server/login/installation.ts'
import { cookieOf, type Doors, jsonRequest, openDoors } from '../gateway/open-doors.ts'

let doors: Doors
let other: Hono<GuardedEnv>
beforeAll(async () => {
  doors = await openDoors()
  const pkcs8 = { type: 'pkcs8', format: 'pem' } as const
  const env = {
    ZEKKEN_SIGNING_KEY: doors.it.keys.signing.privateKey.export(pkcs8).toString(),
    ZEKKEN_BIB_KEY: doors.it.keys.bib.privateKey.export(pkcs8).toString(),
    ZEKKEN_HMAC_KEY: doors.it.keys.hmac.toString('base64url'),
  }
  const keysFolder = await mkdtemp(join(tmpdir(), 'zekken-other-'))
  const it = await openInstallation({ couch: doors.couch, keysFolder, env, now: () => doors.clock.now })
  other = new Hono<GuardedEnv>()
  mountDoors(other, { it, storage: doors.storage, allowedOrigins: [] })
})
afterAll(() => doors.close())

test('[LG26] any server process does for a phone what the one before did', async () => {
  const phone = await doors.signIn('staff')
  const fact = phone.fact('checkin')
  await phone.push([fact])
  const generation = (await (await other.request('/db/')).json()) as { generation: string }
  expect(generation).toEqual({ generation: phone.generation })
  const path = `/db/${phone.generation}/${doors.log}`
  const again = await other.request(`${path}/_bulk_docs`, jsonRequest({ new_edits: false, docs: [fact] }, phone.bearer))
  expect([again.status, await again.json()]).toEqual([201, []])
  const refreshed = await other.request('/api/login/refresh', jsonRequest({}, { cookie: phone.cookie }))
  expect(refreshed.status).toBe(200)
  const back = await doors.app.request('/api/login/refresh', jsonRequest({}, { cookie: cookieOf(refreshed) }))
  expect(back.status).toBe(200)
})

test('[RM10] a removal made at one process holds at the others within seconds', async () => {
  const phone = await doors.signIn('staff')
  const admin = await doors.signIn('admin')
  const ask = async () =>
    (await other.request(`/db/${phone.generation}/${doors.log}`, { headers: phone.bearer })).status
  expect(await ask()).toBe(200)
  await admin.fetch(`/api/events/${doors.event}/devices/${phone.session.device}`, { method: 'DELETE' })
  doors.clock.now += 3000
  expect(await ask()).toBe(403)
})
