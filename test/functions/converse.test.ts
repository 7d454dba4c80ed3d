import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MessageDoc } from '../../design-docs/derived.ts'
import type { Runner } from '../../sync-server/feed/start-runner.ts'
import { type OpenEvent, openEvent } from '../feed/support/open-event.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'

let it: OpenEvent
let runner: Runner
beforeEach(async () => {
  it = await openEvent()
  runner = await it.run()
})
afterEach(() => it.close())

const { make, undo, arrival, entry } = factMaker('12')
const said = (minute: number) =>
  make('chat', { at: atMinute(minute), kind: 'text', text: `at ${minute}`, by: 'team12', as: 'participant' })
const kept = async (fact: string) => (await it.database('desk').get(`message:${fact}`)) as unknown as MessageDoc | null

test('[CT24] a void or a receipt that comes later and alone changes the message that it is about', async () => {
  const [slip, ahead] = [said(1), said(500)]
  await it.write('log', [entry(), slip, ahead])
  await runner.drain()
  expect(await kept(slip._id)).not.toHaveProperty('takenBack')
  await it.write('log', [undo(slip)])
  await runner.drain()
  expect(await kept(slip._id)).toMatchObject({ takenBack: { by: 'team12' } })
  await it.write('log', [arrival([ahead], atMinute(3))])
  await runner.drain()
  expect((await kept(ahead._id))?.at).toBe(atMinute(3))
})

test('[CT25] one more message in a thread of 500 is two documents written, and one on the team’s phones', async () => {
  await it.write('log', [entry(), ...Array.from({ length: 500 }, (_, n) => said(n))])
  await runner.drain()
  it.batches.length = 0
  await it.write('log', [said(501)])
  await runner.drain()
  const written = (name: string) =>
    it.batches.filter((batch) => batch.function === name).reduce((sum, batch) => sum + batch.written, 0)
  expect([written('converse'), written('hand-out')]).toEqual([2, 1])
})

test('[CT26] what a team records besides wakes no thread', async () => {
  const checkin = factMaker('13').scanned('S1', atMinute(10))
  it.batches.length = 0
  await it.write('log', [checkin, factMaker('13').arrival([checkin], atMinute(11)), undo(checkin)])
  await runner.drain()
  const own = it.batches.filter((batch) => batch.function === 'converse')
  expect(own.reduce((sum, { written, unchanged }) => sum + written + unchanged, 0)).toBe(0)
  expect(await it.database('desk').get('thread:13')).toBeNull()
})
