import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AttendanceDoc } from '../../design-docs/derived.ts'
import { type OpenEvent, openEvent } from '../feed/support/open-event.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'

let it: OpenEvent
beforeEach(async () => {
  it = await openEvent()
})
afterEach(() => it.close())

test('[AT4] the figures lie in a mirror of their own, which a menu opens, without a name', async () => {
  const runner = await it.run()
  const one = factMaker('12')
  const members = [{ id: 'm1', name: '髙﨑\u3000美咲' }]
  await it.write('log', [
    one.entry({ classIds: ['a'], members }),
    one.make('reception', { at: atMinute(1), arrived: ['m1'], feePaid: true }),
  ])
  await runner.drain()
  const found = (await it.database('figures').get('attendance')) as unknown as AttendanceDoc
  expect(found.total.arrived).toEqual({ teams: 1, people: 1 })
  expect(JSON.stringify(found)).not.toContain('髙')
  for (const kind of ['roster', 'gate', 'board'] as const) expect(await it.database(kind).get('attendance')).toBeNull()
  expect(await it.ofTeam('12').get('attendance')).toBeNull()
})

test('[AT8] copies that older versions laid on roster and gate go with the next change of the figures, and all go with them', async () => {
  const one = factMaker('12')
  await it.write('log', [one.entry({ classIds: ['a'], members: [{ id: 'm1', name: 'x' }] })])
  const old = { _id: 'attendance', type: 'attendance', event: it.event, total: {} }
  for (const kind of ['roster', 'gate'] as const) await it.database(kind).put(old)
  const runner = await it.run()
  const arrives = () => one.make('reception', { at: atMinute(1), arrived: ['m1'], feePaid: true })
  const reception = arrives()
  await it.write('log', [reception])
  await runner.drain()
  const where = async () =>
    await Promise.all((['roster', 'gate', 'figures'] as const).map((kind) => it.database(kind).get('attendance')))
  expect((await where()).map((doc) => doc?._id)).toEqual([undefined, undefined, 'attendance'])
  // Taken back, the reception counts no more.
  const { _id, by, as } = reception
  await it.write('log', [one.make('void', { at: atMinute(2), fact: _id, reason: 'x', by, as })])
  await runner.drain()
  expect((await where())[2]).toMatchObject({ total: { arrived: { teams: 0, people: 0 } } })
  // A restored database brought them again: a replay takes them away.
  for (const kind of ['roster', 'gate'] as const) {
    const { _rev } = (await it.database(kind).get('attendance')) ?? {}
    await it.database(kind).put({ ...old, ...(_rev === undefined ? {} : { _rev }) })
  }
  for (const name of ['share', 'seal']) await runner.replay(name)
  await runner.drain()
  expect((await where()).map((doc) => doc?._id)).toEqual([undefined, undefined, 'attendance'])
})
