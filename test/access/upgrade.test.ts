import { afterAll, beforeAll, expect, test } from 'vitest'
import { office } from '../../design-docs/databases.ts'
import { upgradeDatabases } from '../../sync-server/couch/upgrade-databases.ts'
import { registerEvent } from '../../sync-server/setup/event-register.ts'
import { type Doors, openDoors } from '../gateway/open-doors.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
  await registerEvent(doors.couch, { code: doors.event, createdAt: 1 })
  for (const kind of ['desk', 'board', 'roster'] as const) await doors.databaseFor(kind)
  await doors.databaseFor('team', '12')
})
afterAll(async () => {
  const listed = await doors.it.office.get(`event:${doors.event}`)
  await doors.it.office.put({ ...listed!, _deleted: true })
  await doors.close()
})

test('[AC9] databases of an older version get the validator and rights of this one, once', async () => {
  const team = `zk-${doors.event}-team-12`
  const validator = await doors.couch.database(team).get('_design/zekken')
  await doors.couch.database(team).put({ ...validator!, validate_doc_update: 'function () {}' })
  await doors.couch.json('PUT', `/${team}/_security`, { admins: {}, members: { names: [], roles: [] } })
  const layout = await doors.couch.database(office).get('layout')
  if (layout) await doors.couch.database(office).put({ ...layout, fingerprint: 'older' })
  expect(await upgradeDatabases(doors.couch)).toBeGreaterThanOrEqual(5)
  expect(await doors.couch.database(team).get('_design/zekken')).toMatchObject({
    validate_doc_update: validator?.validate_doc_update,
  })
  const security = await doors.couch.json('GET', `/${team}/_security`)
  expect(security).toMatchObject({
    members: { roles: [`zk:${doors.event}:participant:12`, `zk:${doors.event}:agent:12`] },
  })
  expect(await upgradeDatabases(doors.couch)).toBe(0)
})

test('[AC9] a database that nobody but the server may enter loses the validator of an older version', async () => {
  const desk = doors.couch.database(`zk-${doors.event}-desk`)
  await desk.put({ _id: '_design/zekken', validate_doc_update: 'function () { throw({ forbidden: 1 }) }' })
  const layout = await doors.couch.database(office).get('layout')
  await doors.couch.database(office).put({ ...layout!, fingerprint: 'older' })
  await upgradeDatabases(doors.couch)
  expect(await desk.get('_design/zekken')).toBeNull()
})
