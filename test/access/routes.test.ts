import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RouteRight, routeRights } from '../../design-docs/access.ts'
import { roles } from '../../design-docs/primitives.ts'
import { findRoute } from '../../sync-server/login/find-route.ts'
import { type Doors, jsonRequest, openDoors, type Phone } from '../gateway/open-doors.ts'

const callers = roles.filter((role) => role !== 'server')
const table = Object.entries(routeRights) as [string, RouteRight][]
let doors: Doors
const phones = new Map<string, Phone>()
beforeAll(async () => {
  doors = await openDoors()
  for (const role of callers) {
    const teams = role === 'participant' || role === 'agent' ? ['12'] : []
    phones.set(role, await doors.signIn(role, { teams }))
  }
})
afterAll(() => doors.close())

/** The route with something in each place of a parameter. */
const pathOf = (route: string, event = doors.event) =>
  (route.split(' ')[1] ?? '').replace('{event}', event).replaceAll(/\{\w+\}/g, 'x')
const init = (route: string): RequestInit => {
  const method = route.split(' ')[0] ?? ''
  return method === 'GET' ? { method } : { ...jsonRequest({}), method }
}
/** Turned away by the guard, as against by the route itself, which needs the rest of the request. */
const turnedAway = async (answer: Response) => {
  const { error, message } = (await answer.json().catch(() => ({}))) as { error?: { code: string }; message?: string }
  // The kept routes have the code in the words.
  return /^ZK-AUTH-00[12]\b/.test(error?.code ?? message ?? '')
}

describe.each(table)('%s', (route, right) => {
  test.each(callers)('[AC1] as %s', async (role) => {
    const answer = await phones.get(role)!.fetch(pathOf(route), init(route))
    const open = right === 'anyone' || (right as readonly string[]).includes(role)
    // Routes for anyone ask for a cookie or an order themselves.
    if (right !== 'anyone') expect(await turnedAway(answer)).toBe(!open)
    expect(answer.status).toBeLessThan(500)
  })

  test('[AC2] without a token', async () => {
    if (right === 'anyone') return
    const answer = await doors.app.request(pathOf(route), init(route))
    expect([answer.status, await turnedAway(answer)]).toEqual([401, true])
  })

  test('[AC3] of another event', async () => {
    if (!route.includes('{event}') || right === 'anyone') return
    const answer = await phones.get('admin')!.fetch(pathOf(route, 'other'), init(route))
    expect([answer.status, await turnedAway(answer)]).toEqual([403, true])
  })
})

test.each([
  'GET /api',
  'GET /api/',
  'GET /api/nothing',
  'GET /api/events',
  'PATCH /api/events/x/plan',
  'DELETE /api/login/invitation',
  'POST /api/login/invitation/look/',
  'GET /api/login//invitation',
  'GET /api/events/%2e%2e/plan',
  'GET /api/events//plan',
  'GET /api/events/%ZZ/plan',
  'GET /API/events/x/plan',
])('[AC4] %s is on no line of the table and closed to everyone', async (request) => {
  const [method = '', path = ''] = request.split(' ')
  for (const phone of phones.values()) {
    const answer = await phone.fetch(path, method === 'GET' ? { method } : { ...jsonRequest({}), method })
    expect([403, 404]).toContain(answer.status)
  }
})

test('[AC5] no two lines of the table take the same request', () => {
  for (const [route] of table) {
    const [method = '', path = ''] = route.split(' ')
    expect(findRoute(method, path.replaceAll(/[{}]/g, ''))?.route).toBe(route)
  }
})
