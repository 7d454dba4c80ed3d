import { Hono } from 'hono'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { routeRights } from '../../design-docs/access.ts'
import type { Runner } from '../../sync-server/feed/start-runner.ts'
import { errorHandler } from '../../sync-server/gateway/answer-error.ts'
import { elsewhereRoutes } from '../../sync-server/operations/elsewhere-routes.ts'
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

const asking = (routes: () => Hono) => async (operation: string, body: object) => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const app = new Hono().onError(errorHandler(() => {})).route('/', routes())
  const response = await app.request(`/${operation}`, init)
  return { status: response.status, body: response.ok ? await response.json() : null }
}
const ask = asking(() => operationRoutes(runner))
/** The same at a process with RUN=web, which has the same database and no runner. */
const askElsewhere = asking(() => elsewhereRoutes({ office: it.couch.database('zk-office'), now: it.clock.now }))

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

// CouchDB's feed tells of a purge, so that there nothing is left to redrive.
test.skipIf(process.env.COUCHDB_URL)(
  '[RUN25] where no functions run, redrive is passed on to the process that runs them, once, and by its id',
  async () => {
    const twice = { ...factMaker('13').entry(), event: it.event }
    await it.write('log', [twice])
    await it.database('log').bulk([{ ...twice, name: 'Rival', _rev: `1-${'a'.repeat(32)}` }], { newEdits: false })
    await runner.drain()
    const [item] = runner.parked().filter(({ function: name }) => name === 'settle')
    const standing = await it.database('log').get(twice._id, { conflicts: true })
    // Mended where the feed cannot tell: by a purge of the rival.
    const rivals = { [twice._id]: standing?._conflicts ?? [] }
    await it.couch.json('POST', `/zk-${it.event}-log/_purge`, rivals)
    await runner.drain()
    expect(runner.parked()).toContainEqual(expect.objectContaining({ _id: item?._id, state: 'parked' }))

    expect(await askElsewhere('redrive', { key: 'nothing' })).toEqual({ status: 202, body: { passedOn: 0 } })
    expect(await askElsewhere('redrive', { key: item?._id })).toEqual({ status: 202, body: { passedOn: 1 } })
    expect(await askElsewhere('redrive', { key: item?._id })).toEqual({ status: 202, body: { passedOn: 1 } })
    it.clock.advance(2000) // the runner looks around
    await runner.drain()
    expect(runner.parked().map(({ _id }) => _id)).not.toContain(item?._id)
    expect(await it.database('desk').get('card:13')).not.toBeNull()
    expect(await it.couch.database('zk-office').all({ startkey: 'redrive:', endkey: 'redrive;' })).toEqual([])
  },
)

test('[RUN25] a note about an event that is not at work yet waits for it', async () => {
  const office = it.couch.database('zk-office')
  const item = 'parked:later:settle:1'
  const parked = { type: 'parked', event: 'later', function: 'settle', key: '1', state: 'parked', tries: 5 }
  await office.bulk([{ ...parked, _id: item, error: 'x', firstAt: 1, lastAt: 1, nextAt: null }])
  expect((await askElsewhere('redrive', {})).body).toEqual({ passedOn: 1 })
  await runner.drain()
  expect(await office.get(`redrive:${item}`)).not.toBeNull()
  await office.bulk([{ ...(await office.get(item))!, _deleted: true }])
  await runner.drain()
  expect(await office.get(`redrive:${item}`)).toBeNull()
})

test('[RUN25] where no functions run, replay and sweep say so', async () => {
  for (const operation of ['replay', 'sweep'])
    expect((await askElsewhere(operation, { function: 'settle' })).status).toBe(409)
})

test('[RUN18] only the server itself may ask: a person’s token never names that role', () => {
  const operations = Object.entries(routeRights).filter(([route]) => route.includes('/api/operations/'))
  expect(operations).toHaveLength(4)
  for (const [, right] of operations) expect(right).toEqual(['server'])
})
