import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import type { PhotoFact } from '../../design-docs/facts.ts'
import { imageId } from '../../design-docs/ids.ts'
import { heldId } from '../../design-docs/pictures.ts'
import { filesOf } from '../../sync-server/forget/team-files.ts'
import { changesOfDesk } from '../../sync-server/forget/team-in-desk.ts'
import { forgetHeld, noteHeld } from '../../sync-server/images/held-pictures.ts'
import { type Console, openConsole } from '../results/open-console.ts'
import { factMaker } from '../rules/make-facts.ts'

let console: Console
beforeAll(async () => {
  console = await openConsole()
})
afterAll(() => console.close())

const maker = factMaker('12')
const desk = () => console.installation.couch.database(databaseName('demo', 'desk'))
const problemOf = async (photo: PhotoFact) => (await desk().get(imageId(photo._id)))?.problem
const photographed = async () => {
  const photo = { ...maker.photo(null), event: 'demo' } as PhotoFact
  await console.write(photo)
  await console.settled()
  return photo
}

test('[HP3] who judges sees why a photo has no original, until it has been looked at again', async () => {
  const photo = await photographed()
  expect(await problemOf(photo)).toBeUndefined()
  await noteHeld(console.installation, photo, { state: 'refused', problem: 'damaged' })
  await noteHeld(console.installation, photo, { state: 'refused', problem: 'damaged' })
  await console.settled()
  expect(await problemOf(photo)).toBe('damaged')
  const { body } = await console.admin.ask<{ problems: object[] }>('GET', '/events/demo/problems')
  expect(body.problems).toMatchObject([{ id: heldId(photo._id), kind: 'picture', error: 'damaged', tries: 2 }])
  expect(await forgetHeld(console.installation, photo)).toBe(true)
  await console.settled()
  expect(await problemOf(photo)).toBeUndefined()
})

test('[HP4] a team that is forgotten leaves nothing in the quarantine, and nothing that is held', async () => {
  const photo = await photographed()
  const { installation: it, storage } = console
  const storageKey = `demo/quarantine/${photo._id}`
  await storage.put(storageKey, new Uint8Array(5))
  await noteHeld(it, photo, { state: 'infected', problem: 'infected', found: 'X', storageKey })
  const about = { event: 'demo', team: '12' }
  const changes = await changesOfDesk(it.couch, about, [])
  expect(changes.map(({ doc }) => doc._id)).toContain(heldId(photo._id))
  const parts = { couch: it.couch, storage }
  const files = { uploads: [], bundles: new Set<string>(), unreadable: [] }
  expect(await filesOf(parts, { ...about, ...files })).toContain(storageKey)
  expect(await filesOf(parts, { ...about, team: '1', ...files })).not.toContain(storageKey)
})
