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
