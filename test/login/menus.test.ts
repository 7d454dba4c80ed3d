import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { routeMenus, routeRights } from '../../design-docs/access.ts'
import { type DatabaseKind, databaseName, databases } from '../../design-docs/databases.ts'
import type { FactType } from '../../design-docs/facts.ts'
import {
  databaseMenus,
  defaultMasks,
  everyMenu,
  factMenus,
  type Menu,
  type MenuMasks,
  menuBits,
} from '../../design-docs/menus.ts'
import { type Role, roles } from '../../design-docs/primitives.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { consoleDeps } from '../../sync-server/results/console-deps.ts'
import { consoleRoutes } from '../../sync-server/results/console-routes.ts'
import { type Doors, jsonRequest, openDoors, type Phone } from '../gateway/open-doors.ts'

let doors: Doors
let admin: Phone
let stop: () => void
beforeAll(async () => {
  doors = await openDoors()
  for (const kind of ['desk', 'roster', 'gate', 'figures', 'board'] as const) await doors.databaseFor(kind)
  const deps = consoleDeps(doors.it, async () => false)
  doors.app.route('/api', consoleRoutes(deps, []))
  stop = () => deps.desks.stop()
  admin = await doors.signIn('admin')
})
afterAll(async () => {
  stop()
  await doors.close()
})

const path = () => `/api/events/${doors.event}/menus`
type Menus = { masks: MenuMasks; _rev: string | null }
const read = async () => (await (await admin.fetch(path())).json()) as Menus
const save = (masks: Partial<MenuMasks>, _rev: string | null) =>
  admin.fetch(path(), { ...jsonRequest({ masks, _rev }), method: 'PUT' })
/** Everyone has the default again. */
afterEach(async () => void (await save({}, (await read())._rev)))
const without = (role: Role, menu: Menu) => ({ [role]: defaultMasks[role] & ~menuBits[menu] })
const grant = async (masks: Partial<MenuMasks>) => expect((await save(masks, (await read())._rev)).status).toBe(200)
const isTurnedAway = async (answer: Response) => (await answer.text()).includes('ZK-AUTH-002')

describe('masks', () => {
  test('[MN1] have the fixed bits, and the roles their fixed sums', async () => {
    expect(Object.values(menuBits)).toEqual(Object.values(menuBits).map((_, n) => 2 ** n))
    const { masks, _rev } = await read()
    expect(_rev).toBeNull()
    const ours = menuBits.posting - 1
    expect([masks.participant, masks.staff, masks.core & ours, masks.corner]).toEqual([255, 757, 1013, 2037])
    expect([masks.server, masks.admin]).toEqual([0, everyMenu])
  })

  test('[MN2] are edited by an admin alone; a clash is shown, and admins keep everything', async () => {
    const { _rev } = await read()
    const saved = (await (await save({ staff: 1, admin: 0 }, _rev)).json()) as Menus
    expect([saved.masks.staff, saved.masks.admin, saved.masks.core]).toEqual([1, everyMenu, defaultMasks.core])
    const clash = await save({ staff: 2 }, _rev)
    expect([clash.status, await clash.text()]).toEqual([409, expect.stringContaining('"theirs"')])
    expect((await save({ staff: 2 ** 20 }, saved._rev)).status).toBe(400)
    for (const role of ['judge', 'core', 'staff'] as const)
      expect((await (await doors.signIn(role)).fetch(path())).status).toBe(403)
  })

  test('[MN3] come with a sign-in and with each refresh, and follow a change', async () => {
    const staff = await doors.signIn('staff')
    expect(staff).toMatchObject({ menus: defaultMasks.staff, deliveryStation: null, entry: null, settings: [] })
    await grant({ staff: 757 | menuBits.search })
    const headers = { cookie: staff.cookie, 'content-type': 'application/json' }
    const refreshed = await doors.app.request('/api/login/refresh', { method: 'POST', headers, body: '{}' })
    expect(await refreshed.json()).toMatchObject({ menus: 757 | menuBits.search })
    const said = { version: '1', unsent: 0, photosUnsent: 0, oldestUnsentAt: null, clockOffsetMs: null }
    const beat = async () => await (await staff.fetch('/api/devices/heartbeat', jsonRequest(said))).json()
    expect(await beat()).toEqual({ menus: 757 | menuBits.search })
    await grant({})
    expect(await beat()).toEqual({ menus: 757 })
  })

  test('[MN4] beside the team’s entry and the settings that a device keeps', async () => {
    const desk = doors.couch.database(databaseName(doors.event, 'desk'))
    const team = { _id: 'team:12', type: 'team', event: doors.event, number: '12', name: '組', classIds: ['a'] }
    const members = [{ id: 'm1', name: '髙﨑\u3000美咲' }]
    const rest = { members, bibs: { issue: 1, revoked: [] }, status: 'registered', enteredAt: 1, corrections: [] }
    await desk.put({ ...team, ...rest } as CouchDoc)
    for (const onDevice of [true, false]) {
      const key = onDevice ? 'sound' : 'secret'
      const setting = { type: 'setting', event: doors.event, key, value: 5, atRunTime: true, source: 'x', onDevice }
      await desk.put({ _id: `setting:${key}`, ...setting })
    }
    expect(await doors.signIn('participant', { teams: ['12'] })).toMatchObject({
      entry: { number: '12', name: '組', classIds: ['a'], members: ['髙﨑\u3000美咲'], status: 'registered' },
      settings: [{ key: 'sound', value: 5, atRunTime: true }],
      menus: 255,
    })
  })
})

describe('where a menu stands for a right', () => {
  const guarded = Object.entries(routeMenus) as [keyof typeof routeRights, Menu][]
  const callers = ['core', 'judge'] as const

  test.each(guarded)('[MN5] %s needs %s, by default and when it is taken away', async (route, menu) => {
    const [method = '', template = ''] = route.split(' ')
    const url = template.replace('{event}', doors.event).replaceAll(/\{\w+\}/g, '12')
    const init = method === 'GET' ? {} : jsonRequest({})
    for (const role of callers.filter((one) => (routeRights[route] as readonly string[]).includes(one))) {
      const phone = await doors.signIn(role)
      expect(await isTurnedAway(await phone.fetch(url, init))).toBe(false)
      await grant(without(role, menu))
      expect(await isTurnedAway(await phone.fetch(url, init))).toBe(true)
      expect(await isTurnedAway(await admin.fetch(url, init))).toBe(false)
      await grant({})
    }
  })

  test('[MN6] the roster is pulled only with search; sealed cards by all staff, and by nobody else', async () => {
    const answers = async (phone: Phone) => {
      const pull = (kind: string) => phone.fetch(`/db/${phone.generation}/zk-${doors.event}-${kind}/_changes`)
      return await Promise.all(['roster', 'gate', 'board'].map(async (kind) => (await pull(kind)).status))
    }
    const staff = await doors.signIn('staff')
    expect(await answers(staff)).toEqual([403, 200, 200])
    await grant({ staff: 757 | menuBits.search })
    expect(await answers(staff)).toEqual([200, 200, 200])
    await grant({})
    expect(await answers(staff)).toEqual([403, 200, 200])
    for (const role of ['core', 'corner', 'judge'] as const)
      expect(await answers(await doors.signIn(role))).toEqual([200, 200, 200])
    expect(await answers(await doors.signIn('participant', { teams: ['12'] }))).toEqual([403, 403, 200])
    expect(await answers(await doors.signIn('display'))).toEqual([403, 403, 200])
  })

  test.each(Object.entries(databaseMenus) as [DatabaseKind, Menu][])(
    '[MN10] the mirror %s is pulled only with %s, and by the roles of its table alone',
    async (kind, menu) => {
      for (const role of roles.filter((one) => one !== 'server' && one !== 'admin')) {
        const phone = await doors.signIn(role, { teams: role === 'participant' || role === 'agent' ? ['12'] : [] })
        const name = `zk-${doors.event}-${kind}`
        const ways = [`${name}/_changes`, `${name}/_bulk_get`, name].map((path) => `/db/${phone.generation}/${path}`)
        const statuses = () =>
          Promise.all(
            ways.map(
              async (way) =>
                (await phone.fetch(way, way.endsWith('_bulk_get') ? jsonRequest({ docs: [] }) : {})).status,
            ),
          )
        const may = databases[kind].readers.includes(role)
        await grant({ [role]: defaultMasks[role] | menuBits[menu] })
        expect([role, await statuses()]).toEqual([role, may ? [200, 200, 200] : [403, 403, 403]])
        await grant(without(role, menu))
        expect([role, await statuses()]).toEqual([role, [403, 403, 403]])
        await grant({})
      }
    },
  )

  test('[MN11] the other menus show a screen and open nothing', () => {
    const rights = [...Object.values(factMenus), ...Object.values(databaseMenus), ...Object.values(routeMenus)]
    const screens = (Object.keys(menuBits) as Menu[]).filter((menu) => !rights.includes(menu))
    // What the first seven show lies open to whoever may sign in; nothing is booked yet; only admins set up, who keep every menu.
    const open = ['notices', 'ownNumber', 'queue', 'schedule', 'map', 'guide', 'system']
    expect(screens).toEqual([...open, 'booking', 'setUp'])
  })

  test.each(Object.entries(factMenus) as [FactType, Menu][])(
    '[MN7] the fact %s is pushed only with %s',
    async (type, menu) => {
      const role = { posting: 'core', survey: 'participant' }[menu as string] ?? 'judge'
      const phone = await doors.signIn(role as Role, { teams: role === 'participant' ? ['12'] : [] })
      const fact = () => (type === 'notice' ? phone.fact(type, { team: undefined } as never) : phone.fact(type))
      const codes = async () =>
        ((await (await phone.push([fact()])).json()) as { code: string }[]).map(({ code }) => code)
      expect(await codes()).not.toContain('ZK-FACT-002')
      await grant(without(role as Role, menu))
      expect(await codes()).toEqual(['ZK-FACT-002'])
    },
  )

  test('[MN8] the console decides and posts only with its menu', async () => {
    const core = await doors.signIn('core')
    const post = () =>
      core.fetch(
        `/api/events/${doors.event}/decisions`,
        jsonRequest({
          kind: 'notice',
          id: '01J8Z0000000000000000000A0',
          ageMs: 0,
          title: 'a',
          body: 'b',
          audience: {},
          urgent: false,
        }),
      )
    await grant(without('core', 'posting'))
    expect(await isTurnedAway(await post())).toBe(true)
    await grant({})
    expect(await isTurnedAway(await post())).toBe(false)
  })
})
