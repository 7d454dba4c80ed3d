import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Doors, openDoors, type Phone } from './open-doors.ts'

let doors: Doors
let phone: Phone
beforeAll(async () => {
  doors = await openDoors()
  phone = await doors.signIn('participant', { teams: ['12'] })
})
afterAll(() => doors.close())

const messages = (count: number, from = phone) =>
  Array.from({ length: count }, (_, n) => from.fact('chat', { text: `${n}` }))
const codes = async (answer: Response) => ((await answer.json()) as { code: string }[]).map(({ code }) => code)

test('[CT19] what a team wrote offline is taken in at once; a flood is turned away, kept on the phone, and taken in later', async () => {
  const written = messages(62)
  expect(await codes(await phone.push(written))).toEqual(['ZK-FACT-004', 'ZK-FACT-004'])
  // Sent again because the answer was lost: what is there already is not counted.
  expect(await codes(await phone.push(written.slice(0, 60)))).toEqual([])
  expect(await codes(await phone.push([phone.fact('checkin')]))).toEqual([])
  expect(await codes(await phone.push(written.slice(60)))).toEqual(['ZK-FACT-004', 'ZK-FACT-004'])
  doors.clock.now += 5000
  expect(await codes(await phone.push(written.slice(60)))).toEqual(['ZK-FACT-004'])
  doors.clock.now += 5000
  expect(await codes(await phone.push(written.slice(61)))).toEqual([])
})

test('[CT19] one phone’s flood is nobody else’s', async () => {
  const other = await doors.signIn('participant', { teams: ['12'] })
  const desk = await doors.signIn('core')
  expect(await codes(await phone.push(messages(1)))).toEqual(['ZK-FACT-004'])
  expect(await codes(await other.push(messages(1, other)))).toEqual([])
  expect(await codes(await desk.push(messages(80, desk)))).toEqual([])
})

test('[CT20] a team speaks in its own thread and in no other, and handles none', async () => {
  const refused = await codes(
    await phone.push([
      phone.fact('chat', { team: '13' }),
      phone.fact('read', { team: '13' }),
      phone.fact('handling'),
      phone.fact('chat', { as: 'core' }),
      phone.fact('chat', { text: 'x'.repeat(2001) }),
    ]),
  )
  expect(refused.sort()).toEqual(['ZK-FACT-001', 'ZK-FACT-002', 'ZK-FACT-002', 'ZK-FACT-002', 'ZK-GATE-005'])
})
