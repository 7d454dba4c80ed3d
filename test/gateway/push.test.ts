import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ArrivalFact } from '../../design-docs/facts.ts'
import { type Doors, openDoors, type Phone, withRevision } from './open-doors.ts'

let doors: Doors
let phone: Phone
beforeAll(async () => {
  doors = await openDoors()
  phone = await doors.signIn('staff')
})
afterAll(() => doors.close())

const inLog = (id: string) => doors.couch.database(doors.log).get(id)
const codes = async (answer: Response) => ((await answer.json()) as { code: string }[]).map(({ code }) => code)

test('[GW1] a fact of the own device arrives in the log as it was sent', async () => {
  const fact = phone.fact('checkin')
  const answer = await phone.push([fact])
  expect([answer.status, await answer.json()]).toEqual([201, []])
  expect(await inLog(fact._id)).toMatchObject({ _rev: fact._rev, checkpoint: 'C1', device: phone.session.device })
})
