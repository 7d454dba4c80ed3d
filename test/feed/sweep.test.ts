import { afterEach, beforeEach, expect, test } from 'vitest'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { type OpenEvent, openEvent } from './support/open-event.ts'
import { entryOf } from './support/probe.ts'

let it: OpenEvent
beforeEach(async () => {
  it = await openEvent()
})
afterEach(() => it.close())

test('[RUN15] the sweep finds what was tampered with, puts it right, and finds nothing else', async () => {
  const runner = await it.run()
  const { entry, scanned, undo } = factMaker('12')
  const checkin = scanned('S1', atMinute(20))
  await it.write('log', [entry(), checkin, entryOf('13')])
  await runner.drain()
  expect((await runner.sweep()).differences).toEqual([])
  const card = await it.database('desk').get('card:12')
  await it.database('desk').put({ ...card!, name: 'Nobody' })
  await it.database('roster').put({ _id: 'card:99', type: 'card' })
  const stray = { ...(await it.database('desk').get(`verdict:${checkin._id}`))!, _rev: undefined }
  const lost = `verdict:${undo(checkin)._id.replace('void', 'checkin')}`
  await it.database('desk').put({ ...stray, _id: lost } as never)
  await it.ofTeam('13').bulk([{ ...(await it.ofTeam('13').get('card:13'))!, _deleted: true }])
  await runner.drain()
  const { differences } = await runner.sweep()
  const told = differences.map(({ kind, database, id }) => `${kind} ${database.replace(it.event, 'e')} ${id}`)
  expect(told.sort()).toEqual(
    [
      `left over zk-e-desk ${lost}`,
      'left over zk-e-roster card:99',
      'missing zk-e-team-13 card:13',
      'other zk-e-desk card:12',
    ].sort(),
  )
  expect((await runner.sweep()).differences).toEqual([])
  expect(await it.database('roster').get('card:12')).toMatchObject({ name: 'Team' })
})
