import { afterAll, beforeAll, expect, test } from 'vitest'
import { audit } from '../../design-docs/audit.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { type Doors, jsonRequest, openDoors, type SignedIn } from '../gateway/open-doors.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
  await doors.databaseFor('desk')
  const team = {
    _id: 'team:101',
    type: 'team',
    event: doors.event,
    number: '101',
    name: "O'Brien",
    classIds: ['a'],
    members: [],
    bibs: { issue: 1, revoked: [] },
    status: 'registered',
    enteredAt: 1,
    corrections: [],
  }
  await doors.couch.database(databaseName(doors.event, 'desk')).put(team as unknown as CouchDoc)
})
afterAll(() => doors.close())

const makeAs = async (role: 'core' | 'admin' | 'staff', team = '101') =>
  (await doors.signIn(role)).fetch(`/api/events/${doors.event}/teams/${team}/sign-in`, jsonRequest({}))
type Made = { link: string; code: string; expiresAt: number }
const enter = (token: string, id: string) => {
  const device = { id, name: 'Phone', app: 'participant', version: '1' }
  return doors.app.request('/api/login/invitation', jsonRequest({ token, device }))
}
const tokenIn = ({ link }: Made) => link.split('#invite=')[1] ?? ''

test('[LG53] the reception lets a team’s phone in once, as the team, within ten minutes', async () => {
  const made = (await (await makeAs('core')).json()) as Made
  expect(made.link).toContain('/team/#invite=')
  expect(made.expiresAt - doors.clock.now).toBe(600_000)
  const answer = await enter(tokenIn(made), 'phone0000011')
  expect(((await answer.json()) as SignedIn).session).toMatchObject({
    account: `team-${doors.event}-101`,
    name: "O'Brien",
    role: 'participant',
    teams: ['101'],
  })
  expect((await enter(tokenIn(made), 'phone0000012')).status).toBe(410)
  const late = (await (await makeAs('admin')).json()) as Made
  doors.clock.now += 600_000
  expect((await enter(tokenIn(late), 'phone0000013')).status).toBe(410)
})

test('[LG53] it is written down who made it, and made for no team that is not there', async () => {
  const { session } = await doors.signIn('core')
  const lines = (await readDocs(doors.it.office, 'audit', audit)).filter(({ action }) => action === 'invitation-made')
  expect(lines.map(({ about }) => about)).toContain(`team-${doors.event}-101`)
  expect(session.role).toBe('core')
  expect((await makeAs('core', '999')).status).toBe(404)
  expect((await makeAs('staff')).status).toBe(403)
})
