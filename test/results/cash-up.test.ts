import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CashUp } from '../../design-docs/cash-up.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { type Console, openConsole } from './open-console.ts'

let console: Console
beforeAll(async () => {
  console = await openConsole()
  const facts = ['12', '13', '14', '15', '2'].flatMap((team, n) => {
    const { entry, make } = factMaker(team)
    const received = (minute: number, feePaid: boolean, device: string, by: string) =>
      make('reception', { at: atMinute(minute), arrived: ['m1'], feePaid, device, by })
    const told = [
      [received(1, true, 'desk00001', 'sato'), received(9, true, 'desk00002', 'mori')],
      [received(2, true, 'desk00001', 'mori')],
      [received(3, false, 'desk00001', 'sato')],
      [],
      [received(5, false, 'desk00002', 'mori'), received(6, true, 'desk00001', 'sato')],
    ][n]!
    return [entry({ name: `Team ${team}` }), ...told]
  })
  await console.write(...facts)
  await console.settled()
})
afterAll(() => console.close())

test('[TL2] fees are counted where and by whom they were taken; who owes and who is not here yet is told', async () => {
  const { status, body } = await console.admin.ask<CashUp>('GET', '/events/demo/cash-up')
  expect(status).toBe(200)
  expect(body).toEqual({
    tills: [
      expect.objectContaining({
        ...{ device: 'desk00001', deviceName: null, by: 'sato', teams: ['2', '12'] },
        ...{ firstAt: atMinute(1), lastAt: atMinute(6) },
      }),
      expect.objectContaining({ device: 'desk00001', by: 'mori', teams: ['13'] }),
    ],
    unpaid: ['14'],
    absent: 1,
  })
  expect((await console.judge.ask('GET', '/events/demo/cash-up')).status).toBe(403)
  expect((await console.caller('core').ask('GET', '/events/demo/cash-up')).status).toBe(200)
})
