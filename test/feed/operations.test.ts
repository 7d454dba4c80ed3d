import { Hono } from 'hono'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { routeRights } from '../../design-docs/access.ts'
import type { Runner } from '../../sync-server/feed/start-runner.ts'
import { errorHandler } from '../../sync-server/gateway/answer-error.ts'
import { operationRoutes } from '../../sync-server/operations/operation-routes.ts'
import { factMaker } from '../rules/make-facts.ts'
import { type OpenEvent, openEvent } from './support/open-event.ts'

let it: OpenEvent
let runner: Runner
beforeEach(async () => {
  it = await openEvent()
  runner = await it.run()
  await it.write('log', [factMaker('12').entry()])
  await runner.drain()
})
afterEach(() => it.close())

const ask = async (operation: string, body: object) => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const app = new Hono().onError(errorHandler(() => {})).route('/', operationRoutes(runner))
  const response = await app.request(`/${operation}`, init)
  return { status: response.status, body: response.ok ? await response.json() : null }
}

test('[RUN18] replay answers once the function has come to the end again', async () => {
  await it.database('desk').bulk([{ ...(await it.database('desk').get('card:12'))!, _deleted: true }])
  expect(await ask('replay', { function: 'settle' })).toEqual({ status: 200, body: { events: 1 } })
  expect(await it.database('desk').get('card:12')).not.toBeNull()
  expect((await ask('replay', { function: 'nobody' })).status).toBe(404)
})

test('[RUN18] redrive and sweep answer what they did', async () => {
  expect(await ask('redrive', {})).toEqual({ status: 200, body: { redriven: 0, parked: [] } })
  await it.database('roster').put({ _id: 'card:77', type: 'card' })
  const { body } = await ask('sweep', {})
  expect(body.differences).toMatchObject([{ kind: 'left over', id: 'card:77', function: 'share' }])
  expect(await it.database('roster').get('card:77')).toBeNull()
})

test('[RUN18] only the server itself may ask: a person’s token never names that role', () => {
  const operations = Object.entries(routeRights).filter(([route]) => route.includes('/api/operations/'))
  expect(operations).toHaveLength(3)
  for (const [, right] of operations) expect(right).toEqual(['server'])
})
