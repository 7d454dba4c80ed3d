import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { factRights } from '../../design-docs/access.ts'
import { databaseKinds, databases } from '../../design-docs/databases.ts'
import { factTypes } from '../../design-docs/facts.ts'
import { databaseMenus, defaultMasks, factMenus, type Menu, mayOpen } from '../../design-docs/menus.ts'
import { roles } from '../../design-docs/primitives.ts'
import { type Doors, jsonRequest, openDoors, type Phone } from '../gateway/open-doors.ts'

const callers = roles.filter((role) => role !== 'server')
let doors: Doors
const phones = new Map<string, Phone>()
beforeAll(async () => {
  doors = await openDoors()
  for (const kind of databaseKinds) if (kind !== 'team') await doors.databaseFor(kind)
  await doors.databaseFor('team', '12')
  await doors.databaseFor('team', '13')
  for (const role of callers) {
    const teams = role === 'participant' ? ['12'] : role === 'agent' ? ['12', '14'] : []
    phones.set(role, await doors.signIn(role, { teams }))
  }
})
afterAll(() => doors.close())

describe.each(callers)('as %s', (role) => {
  test.each(factTypes)('[AC6] recording %s of the own team and of another', async (type) => {
    const phone = phones.get(role)!
    const menu = factMenus[type]
    const right = !menu || mayOpen(defaultMasks[role], menu) ? factRights[type][role] : undefined
    const ofTeams = [
      ['12', right !== undefined],
      ['99', right === 'any'],
    ] as const
    // It is about no team.
    const ofNone = [[undefined, right === 'any']] as const
    for (const [team, open] of type === 'notice' ? ofNone : ofTeams) {
      const fact = phone.fact(type, { team })
      const answer = await phone.push([fact])
      const stored = await doors.couch.database(doors.log).get(fact._id)
      expect([type, team, stored !== null]).toEqual([type, team, open])
      if (databases.log.writers.includes(role)) expect(answer.status).toBe(201)
      else expect(answer.status).toBe(403)
    }
  })

  test.each(databaseKinds)('[AC7] reading %s, through the gateway and past it', async (kind) => {
    const phone = phones.get(role)!
    const { readers } = databases[kind]
    const names =
      kind === 'team' ? [`zk-${doors.event}-team-12`, `zk-${doors.event}-team-13`] : [`zk-${doors.event}-${kind}`]
    for (const name of names) {
      const own = !name.endsWith('-13')
      const open = readers.includes(role) && own
      // Menus are known to the gateway alone: a role's mask changes at run time, a token's roles do not.
      const menu = (databaseMenus as Partial<Record<string, Menu>>)[kind]
      const shown = open && (!menu || mayOpen(defaultMasks[role], menu))
      const feed = await phone.fetch(`/db/${phone.generation}/${name}/_changes?limit=1`)
      expect([name, feed.status]).toEqual([name, shown ? 200 : 403])
      const past = await doors.couch.request(`/${name}/_changes?limit=1`, { headers: phone.bearer })
      // The log's writers are members there, or they could not push: the gateway alone keeps them from reading.
      const member = open || (kind === 'log' && databases.log.writers.includes(role))
      expect([name, past.status]).toEqual([name, member ? 200 : 403])
    }
  })

  test.each(databaseKinds.filter((kind) => kind !== 'log'))('[AC8] writing %s past the gateway', async (kind) => {
    const phone = phones.get(role)!
    const name = kind === 'team' ? `zk-${doors.event}-team-12` : `zk-${doors.event}-${kind}`
    const init = jsonRequest({ _id: 'card:12', net: 1000 }, phone.bearer)
    expect((await doors.couch.request(`/${name}`, init)).status).toBe(403)
    expect(await doors.couch.database(name).get('card:12')).toBeNull()
  })
})
