import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arrivalsOf, codesOf, missing } from './ask-log.ts'
import { type Doors, openDoors, type Phone } from './open-doors.ts'

let doors: Doors
let phone: Phone
beforeAll(async () => {
  doors = await openDoors()
  phone = await doors.signIn('staff')
})
afterAll(() => doors.close())

describe('arrivals', () => {
  test('[GW9] the server notes for each team of a batch when it came and how the sender’s clock stood', async () => {
    const facts = [
      phone.fact('checkin', { team: '1' }),
      phone.fact('help', { team: '2' }),
      phone.fact('retire', { team: '1' }),
    ]
    const clock = `${doors.clock.now + 3_600_000};-3600000;boot1;5000.5`
    await phone.push(facts, { 'x-zekken-clock': clock })
    const [of1, ...others] = await arrivalsOf(doors, facts[0]!._id)
    expect(others).toEqual([])
    expect(of1).toMatchObject({
      team: '1',
      as: 'server',
      facts: [facts[0]!._id, facts[2]!._id],
      receivedAt: doors.clock.now,
      clock: {
        device: phone.session.device,
        deviceAt: doors.clock.now + 3_600_000,
        offsetMs: -3_600_000,
        bootId: 'boot1',
        monotonicMs: 5000.5,
      },
    })
    expect(await arrivalsOf(doors, facts[1]!._id)).toMatchObject([{ team: '2', facts: [facts[1]!._id] }])
  })

  test.each(['', 'nonsense', '1;2;3', '1;2;boot;4;5', 'NaN;0;boot;1', '1e99;0;boot;1'])(
    '[GW10] an unreadable clock %j costs the clock, not the fact',
    async (header) => {
      const fact = phone.fact('checkin')
      await phone.push([fact], { 'x-zekken-clock': header })
      const [arrival] = await arrivalsOf(doors, fact._id)
      expect(arrival?.clock).toBeUndefined()
    },
  )

  test('[GW11] facts and their arrival are written in one go: what fails leaves neither, and comes again', async () => {
    const fact = phone.fact('checkin')
    const request = doors.couch.request
    doors.couch.request = async (path, init) => {
      if (path.endsWith('_bulk_docs') && String(init?.body).includes('"new_edits":false'))
        throw new TypeError('fetch failed')
      return await request(path, init)
    }
    const failed = await phone.push([fact]).finally(() => {
      doors.couch.request = request
    })
    expect(failed.status).toBe(503)
    expect(await arrivalsOf(doors, fact._id)).toEqual([])
    expect(await missing(doors, phone, [fact])).toEqual([fact._id])
    await phone.push([fact])
    expect(await missing(doors, phone, [fact])).toEqual([])
    expect(await arrivalsOf(doors, fact._id)).toHaveLength(1)
  })

  test('[GW22] a database whose validator knows of no such arrivals gets them from the server itself', async () => {
    const log = doors.couch.database(doors.log)
    const known = await log.get('_design/zekken')
    const older = `function (doc) { if (doc.type === 'arrival') throw({ forbidden: 'ZK-FACT-002' }) }`
    const asOne = `function (doc, old, user) { if (user.roles.indexOf('_admin') < 0) (${older})(doc) }`
    const rev = await log.put({ ...known, _id: '_design/zekken', validate_doc_update: asOne })
    const fact = phone.fact('checkin')
    expect(await codesOf(await phone.push([fact]))).toEqual([])
    expect(await arrivalsOf(doors, fact._id)).toHaveLength(1)
    await log.put({ ...known, _id: '_design/zekken', _rev: rev ?? undefined })
  })
})
