import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import { account as accountSchema } from '../../design-docs/office.ts'
import type { FirstEvent } from '../../design-docs/set-up.ts'
import { mountDoors } from '../../sync-server/gateway/mount-doors.ts'
import { folderStorage } from '../../sync-server/images/folder-storage.ts'
import type { GuardedEnv } from '../../sync-server/login/guard.ts'
import { openInstallation } from '../../sync-server/login/installation.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { createEvent } from '../../sync-server/setup/create-event.ts'
import { registeredEvents } from '../../sync-server/setup/event-register.ts'
import { newSetUpTicket } from '../../sync-server/setup/set-up-ticket.ts'
import { jsonRequest } from '../gateway/open-doors.ts'
import { eventDoc } from '../rules/make-facts.ts'
import { openCouchApart } from '../support/open-couch-apart.ts'

type Installed = Awaited<ReturnType<typeof install>>
let installed: Installed
beforeEach(async () => {
  installed = await install()
})
afterEach(() => installed.close())

const startsAt = Date.parse('2027-05-03T01:00:00Z')
const wanted: FirstEvent = {
  code: 'gifu2027',
  name: { ja: '岐阜ロゲイニング', en: '' },
  timeZone: 'Asia/Tokyo',
  startsAt,
  className: { ja: '一般', en: 'Open' },
  limitMinutes: 180,
  adminName: '本部 髙﨑',
}
const device = { id: 'desk00000001', name: 'Desk', app: 'admin', version: '1' }

describe('the first event of an installation', () => {
  test('[ST1] is made by the set-up link, whose token then signs its admin in', async () => {
    const token = await newSetUpTicket(installed.it)
    expect(await installed.look(token)).toEqual({ status: 200, body: { code: null } })
    const { status, body } = await installed.setUp({ token, ...wanted })
    expect([status, body]).toEqual([200, { invitation: token }])
    const signedIn = await installed.post('/api/login/invitation', { token, device })
    expect(signedIn).toMatchObject({
      status: 200,
      body: { session: { event: 'gifu2027', role: 'admin', name: '本部 髙﨑', teams: [] } },
    })
    expect(await installed.plan('gifu2027')).toMatchObject({
      code: 'gifu2027',
      name: wanted.name,
      phase: 'draft',
      startsAt: startsAt - 3_600_000,
      endsAt: startsAt + 4 * 3_600_000,
      classes: [{ id: 'class-1', name: wanted.className, startsAt, limitMinutes: 180 }],
    })
  })

  test('[ST2] is made once, however often the page asks before it signs in, and however many ask at once', async () => {
    const token = await newSetUpTicket(installed.it)
    const tries = await Promise.all(Array.from({ length: 4 }, () => installed.setUp({ token, ...wanted })))
    const again = await installed.setUp({ token, ...wanted })
    expect([...tries, again]).toEqual(Array(5).fill({ status: 200, body: { invitation: token } }))
    expect((await registeredEvents(installed.it.couch)).map(({ code }) => code)).toEqual(['gifu2027'])
    expect(await readDocs(installed.it.office, 'account', accountSchema)).toHaveLength(1)
  })

  test('[ST3] a link that has made one event makes no other', async () => {
    const token = await newSetUpTicket(installed.it)
    await installed.setUp({ token, ...wanted })
    expect(await installed.setUp({ token, ...wanted, code: 'other' })).toMatchObject(gone)
    expect(await installed.look(token)).toEqual({ status: 200, body: { code: 'gifu2027' } })
    await installed.post('/api/login/invitation', { token, device })
    expect(await installed.look(token)).toMatchObject(gone)
    expect(await installed.setUp({ token, ...wanted })).toMatchObject(gone)
    expect((await registeredEvents(installed.it.couch)).map(({ code }) => code)).toEqual(['gifu2027'])
  })

  test('[ST4] a link is good for a day and until the next start, and none is good that was never printed', async () => {
    expect(await installed.look('a'.repeat(43))).toMatchObject(gone)
    const first = await newSetUpTicket(installed.it)
    const second = await newSetUpTicket(installed.it)
    for (const token of [first, `${second.slice(0, -1)}_`, 'a'.repeat(43)]) {
      expect(await installed.look(token)).toMatchObject(gone)
      expect(await installed.setUp({ token, ...wanted })).toMatchObject(gone)
    }
    installed.clock.aheadMs = 24 * 3_600_000 + 1
    expect(await installed.setUp({ token: second, ...wanted })).toMatchObject(gone)
    expect(await registeredEvents(installed.it.couch)).toEqual([])
  })

  test('[ST5] a link is worth nothing once another event is there; the demo event is none', async () => {
    const token = await newSetUpTicket(installed.it)
    await installed.event('demo')
    expect(await installed.setUp({ token, ...wanted })).toMatchObject({ status: 200 })
    const late = await newSetUpTicket(installed.it)
    expect(await installed.setUp({ token: late, ...wanted, code: 'second' })).toMatchObject(gone)
  })

  test.each<[string, Partial<Record<keyof FirstEvent, unknown>>]>([
    ['code', { code: 'Gifu' }],
    ['code', { code: '2027' }],
    ['code', { code: 'gifu-2027' }],
    ['code', { code: 'a'.repeat(21) }],
    ['code', { code: 'device' }],
    ['code', { code: 'demo' }],
    ['name', { name: { ja: ' ', en: '' } }],
    ['timeZone', { timeZone: 'Asia/Gifu' }],
    ['startsAt', { startsAt: 1.5 }],
    ['className', { className: { ja: '', en: '' } }],
    ['limitMinutes', { limitMinutes: 0 }],
    ['adminName', { adminName: '  ' }],
  ])('[ST6] a bad %s is named, and the link stays good: %j', async (field, bad) => {
    const token = await newSetUpTicket(installed.it)
    const { status, body } = await installed.setUp({ token, ...wanted, ...bad })
    const fields = expect.arrayContaining([expect.objectContaining({ field })])
    expect([status, body]).toMatchObject([400, { error: { code: 'ZK-PLAN-002', figures: { fields } } }])
    expect(await installed.setUp({ token, ...wanted })).toMatchObject({ status: 200 })
  })

  test('[ST7] the token is kept nowhere', async () => {
    const token = await newSetUpTicket(installed.it)
    await installed.setUp({ token, ...wanted })
    const everything = await installed.it.office.all({ includeDocs: true })
    expect(everything.length).toBeGreaterThan(3)
    expect(JSON.stringify(everything)).not.toContain(token)
  })
})

const gone = { status: 410, body: { error: { code: 'ZK-AUTH-003' } } }

async function install() {
  const folder = await mkdtemp(join(tmpdir(), 'zekken-set-up-'))
  const { couch, close, drop } = await openCouchApart(folder)
  const clock = { aheadMs: 0 }
  const it = await openInstallation({
    couch,
    keysFolder: join(folder, 'keys'),
    now: () => Date.now() + clock.aheadMs,
    warn: () => {},
  })
  const app = new Hono<GuardedEnv>()
  mountDoors(app, { it, storage: folderStorage({ folder: join(folder, 'files') }), allowedOrigins: [] })
  const post = async (path: string, body: object): Promise<{ status: number; body: unknown }> => {
    const answer = await app.request(path, jsonRequest(body))
    return { status: answer.status, body: await answer.json() }
  }
  return {
    it,
    clock,
    post,
    look: (token: string) => post('/api/setup/look', { token }),
    setUp: (body: object) => post('/api/setup', body),
    plan: (event: string) => couch.database(databaseName(event, 'desk')).get('event'),
    async event(code: string) {
      const { _id, _rev, type, event, ...draft } = eventDoc()
      await createEvent(couch, { ...draft, code }, { now: it.now })
    },
    async close() {
      await drop()
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
