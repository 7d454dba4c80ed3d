import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { previewLimitBytes } from '../../design-docs/databases.ts'
import type { ArrivalFact, Fact } from '../../design-docs/facts.ts'
import { grantDevice } from '../../sync-server/login/devices.ts'
import { type Doors, jpeg, jsonRequest, openDoors, type Phone, type Sent, withRevision } from './open-doors.ts'

let doors: Doors
let phone: Phone
beforeAll(async () => {
  doors = await openDoors()
  phone = await doors.signIn('staff')
})
afterAll(() => doors.close())

const log = () => doors.couch.database(doors.log)
const inLog = (id: string) => log().get(id)
const codes = async (answer: Response) => ((await answer.json()) as { code: string }[]).map(({ code }) => code)
const arrivalsOf = async (id: string) => {
  const rows = await log().all({ includeDocs: true })
  const facts = rows.map(({ doc }) => doc as unknown as Fact)
  return facts.filter((doc): doc is ArrivalFact => doc.type === 'arrival' && doc.facts.includes(id))
}

describe('what is taken in', () => {
  test('[GW1] a fact of the own device arrives in the log as it was sent', async () => {
    const fact = phone.fact('checkin')
    const answer = await phone.push([fact])
    expect([answer.status, await answer.json()]).toEqual([201, []])
    expect(await inLog(fact._id)).toMatchObject({ _rev: fact._rev, checkpoint: 'C1', device: phone.session.device })
  })

  test('[GW2] the same fact again is taken in silence and changes nothing', async () => {
    const fact = phone.fact('checkin')
    await phone.push([fact])
    const answer = await phone.push([fact, fact])
    expect([answer.status, await answer.json()]).toEqual([201, []])
    expect(await arrivalsOf(fact._id)).toHaveLength(1)
  })

  test('[GW3] a photo brings its preview', async () => {
    const photo = phone.fact('photo')
    const sent = {
      ...photo,
      _attachments: { preview: { content_type: 'image/jpeg', data: jpeg(900).toString('base64') } },
    }
    expect(await codes(await phone.push([sent]))).toEqual([])
    expect((await log().attachment(photo._id, 'preview'))?.length).toBe(900)
  })

  test('[GW4] a gzipped batch is unpacked', async () => {
    const fact = phone.fact('checkin')
    const body = gzipSync(JSON.stringify({ new_edits: false, docs: [fact] }))
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const path = `/db/${phone.generation}/${doors.log}/_bulk_docs`
    const answer = await phone.fetch(path, { method: 'POST', headers, body: new Uint8Array(body) })
    expect(await codes(answer)).toEqual([])
    expect(await inLog(fact._id)).not.toBeNull()
  })

  test('[GW5] the refused facts of a batch are named, the others taken', async () => {
    const good = phone.fact('checkin')
    const bad = withRevision({ ...phone.fact('checkin'), event: 'elsewhere' } as Fact)
    const answer = await phone.push([bad, good])
    const rows = (await answer.json()) as object[]
    expect(rows).toMatchObject([{ id: bad._id, error: 'forbidden', name: 'forbidden', code: 'ZK-FACT-003' }])
    expect(rows[0]).toHaveProperty('reason', 'ZK-FACT-003: The record belongs to another event.')
    expect(await inLog(good._id)).not.toBeNull()
    expect(await inLog(bad._id)).toBeNull()
  })

  test('[GW6] the words of a refusal are in the language of the phone', async () => {
    const bad = withRevision({ ...phone.fact('checkin'), event: 'elsewhere' } as Fact)
    const rows = (await (await phone.push([bad], { 'accept-language': 'ja-JP,en;q=0.5' })).json()) as {
      reason: string
    }[]
    expect(rows[0]?.reason).toBe('ZK-FACT-003: 別の大会の記録です。')
  })

  test('[GW7] facts of an earlier holder of a shared phone are taken from the next one', async () => {
    const device = 'shared00phone'
    const first = await doors.signIn('staff', { device })
    const unsent = first.fact('reception')
    const next = await doors.signIn('judge', { device })
    expect(await codes(await next.push([unsent]))).toEqual([])
  })

  test('[GW8] an earlier holder in a lower role lends no rights to the present one', async () => {
    const device = 'shared00phone2'
    await doors.signIn('staff', { device })
    const judge = await doors.signIn('judge', { device })
    const forged = withRevision({ ...judge.fact('review'), as: 'staff' } as Fact)
    expect(await codes(await judge.push([forged]))).toEqual(['ZK-GATE-005'])
  })
})

describe('arrivals', () => {
  test('[GW9] the server notes for each team of a batch when it came and how the sender’s clock stood', async () => {
    const facts = [
      phone.fact('checkin', { team: '1' }),
      phone.fact('help', { team: '2' }),
      phone.fact('retire', { team: '1' }),
    ]
    const clock = `${doors.clock.now + 3_600_000};-3600000;boot1;5000.5`
    await phone.push(facts, { 'x-zekken-clock': clock })
    const [of1, ...others] = await arrivalsOf(facts[0]!._id)
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
    expect(await arrivalsOf(facts[1]!._id)).toMatchObject([{ team: '2', facts: [facts[1]!._id] }])
  })

  test.each(['', 'nonsense', '1;2;3', '1;2;boot;4;5', 'NaN;0;boot;1', '1e99;0;boot;1'])(
    '[GW10] an unreadable clock %j costs the clock, not the fact',
    async (header) => {
      const fact = phone.fact('checkin')
      await phone.push([fact], { 'x-zekken-clock': header })
      const [arrival] = await arrivalsOf(fact._id)
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
    expect(await arrivalsOf(fact._id)).toEqual([])
    expect(await missing(phone, [fact])).toEqual([fact._id])
    await phone.push([fact])
    expect(await missing(phone, [fact])).toEqual([])
    expect(await arrivalsOf(fact._id)).toHaveLength(1)
  })

  test('[GW22] a database whose validator knows of no such arrivals gets them from the server itself', async () => {
    const log = doors.couch.database(doors.log)
    const known = await log.get('_design/zekken')
    const older = `function (doc) { if (doc.type === 'arrival') throw({ forbidden: 'ZK-FACT-002' }) }`
    const asOne = `function (doc, old, user) { if (user.roles.indexOf('_admin') < 0) (${older})(doc) }`
    const rev = await log.put({ ...known, _id: '_design/zekken', validate_doc_update: asOne })
    const fact = phone.fact('checkin')
    expect(await codes(await phone.push([fact]))).toEqual([])
    expect(await arrivalsOf(fact._id)).toHaveLength(1)
    await log.put({ ...known, _id: '_design/zekken', _rev: rev ?? undefined })
  })
})

test('[GW21] a phone that hangs up in the middle has its facts written all the same', async () => {
  const fact = phone.fact('checkin')
  const stop = new AbortController()
  const request = doors.couch.request
  doors.couch.request = (path, init) => {
    if (path.endsWith('_bulk_docs') && String(init?.body).includes(fact._rev)) stop.abort()
    return request(path, init)
  }
  const path = `/db/${phone.generation}/${doors.log}/_bulk_docs`
  await phone.fetch(path, { ...jsonRequest({ new_edits: false, docs: [fact] }), signal: stop.signal }).catch(() => null)
  doors.couch.request = request
  expect(stop.signal.aborted).toBe(true)
  await expect.poll(() => inLog(fact._id)).not.toBeNull()
})

async function missing(asker: Phone, facts: readonly Sent[]): Promise<string[]> {
  const body = Object.fromEntries(facts.map(({ _id, _rev }) => [_id, [_rev]]))
  const answer = await asker.fetch(`/db/${asker.generation}/${doors.log}/_revs_diff`, jsonRequest(body))
  return Object.keys((await answer.json()) as object)
}

describe('confirmed by id', () => {
  test('[GW12] a phone learns which of its ids are here', async () => {
    const here = phone.fact('checkin')
    const lost = phone.fact('checkin')
    await phone.push([here])
    expect(await missing(phone, [here, lost])).toEqual([lost._id])
  })
})

describe('what is refused', () => {
  type Attack = [string, string, (from: Phone) => unknown]
  const changed = (from: Phone, change: object) => withRevision({ ...from.fact('checkin'), ...change } as Fact)
  const attacks: Attack[] = [
    ['another device', 'ZK-GATE-004', (from) => changed(from, { device: 'someoneelse0' })],
    ['an author who was never here', 'ZK-GATE-005', (from) => changed(from, { by: 'admin-1' })],
    ['a role never granted', 'ZK-GATE-005', (from) => changed(from, { as: 'admin' })],
    ['the server’s role', 'ZK-GATE-005', (from) => changed(from, { as: 'server' })],
    ['another event', 'ZK-FACT-003', (from) => changed(from, { event: 'other' })],
    ['a type the role may not write', 'ZK-FACT-002', (from) => from.fact('review')],
    ['a fact of the server', 'ZK-FACT-002', (from) => from.fact('arrival')],
    ['a receipt of the server', 'ZK-FACT-002', (from) => from.fact('original')],
    ['an unknown type', 'ZK-FACT-001', (from) => changed(from, { type: 'wish' })],
    ['a type from the prototype chain', 'ZK-FACT-001', (from) => changed(from, { type: 'constructor' })],
    ['an unknown field', 'ZK-FACT-001', (from) => changed(from, { points: 1000 })],
    ['a subject that is not the team', 'ZK-FACT-001', (from) => changed(from, { team: '99' })],
    ['another type in the id', 'ZK-FACT-001', (from) => changed(from, { type: 'help' })],
    ['a team that is a path', 'ZK-FACT-001', (from) => changed(from, { team: '../12' })],
    ['an id without a ulid', 'ZK-FACT-001', (from) => changed(from, { _id: '12:checkin:x' })],
    ['a design document', 'ZK-FACT-001', (from) => changed(from, { _id: '_design/evil' })],
    ['a local document', 'ZK-FACT-001', (from) => changed(from, { _id: '_local/evil' })],
    [
      'an invented second revision',
      'ZK-GATE-007',
      (from) => ({ ...from.fact('checkin'), _rev: `2-${'b'.repeat(32)}` }),
    ],
    [
      'an invented history',
      'ZK-GATE-007',
      (from) => ({ ...from.fact('checkin'), _revisions: { start: 2, ids: ['a', 'b'] } }),
    ],
    [
      'a history that is not the revision',
      'ZK-GATE-007',
      (from) => ({ ...from.fact('checkin'), _revisions: { start: 1, ids: ['c'.repeat(32)] } }),
    ],
    ['no revision', 'ZK-GATE-007', (from) => ({ ...from.fact('checkin'), _rev: undefined })],
    ['a deletion', 'ZK-GATE-007', (from) => ({ ...from.fact('checkin'), _deleted: true })],
    ['a deletion that is none', 'ZK-GATE-007', (from) => ({ ...from.fact('checkin'), _deleted: false })],
    ['a list', 'ZK-GATE-007', () => []],
    ['null', 'ZK-GATE-007', () => null],
    ['an attachment on a check-in', 'ZK-FACT-001', (from) => attached(from.fact('checkin'), 'preview', jpeg(10))],
    ['an attachment of another name', 'ZK-FACT-001', (from) => attached(from.fact('photo'), 'evil.html', jpeg(10))],
    [
      'a preview that is no JPEG',
      'ZK-FACT-001',
      (from) => attached(from.fact('photo'), 'preview', Buffer.from('<script>')),
    ],
    [
      'a preview that is too large',
      'ZK-GATE-003',
      (from) => attached(from.fact('photo'), 'preview', jpeg(previewLimitBytes + 1)),
    ],
    [
      'a preview in broken base64',
      'ZK-FACT-001',
      (from) => ({ ...from.fact('photo'), _attachments: { preview: { content_type: 'image/jpeg', data: '/9j/*' } } }),
    ],
    [
      'a preview as a stub',
      'ZK-FACT-001',
      (from) => ({ ...from.fact('photo'), _attachments: { preview: { content_type: 'image/jpeg', stub: true } } }),
    ],
    ['a fact as large as a book', 'ZK-GATE-003', (from) => changed(from, { note: 'x'.repeat(70_000) })],
  ]
  test.each(attacks)('[GW13] %s → %s', async (_, code, make) => {
    const doc = make(phone)
    const answer = await phone.push([doc])
    expect([answer.status, await codes(answer)]).toEqual([201, [code]])
    const id = (doc as { _id?: string } | null)?._id
    if (id?.includes(':')) expect(await inLog(id)).toBeNull()
  })

  test('[GW14] another revision of a known id is refused and the first one stays', async () => {
    const fact = phone.fact('checkin')
    await phone.push([fact])
    const { _rev, _revisions, ...rest } = fact as Sent & { _revisions?: unknown }
    const forged = withRevision({ ...rest, checkpoint: 'C9' } as Fact)
    expect(await codes(await phone.push([forged]))).toEqual(['ZK-GATE-006'])
    expect(await log().get(fact._id, { conflicts: true })).toMatchObject({ _rev: fact._rev, checkpoint: 'C1' })
    expect(await log().get(fact._id, { conflicts: true })).not.toHaveProperty('_conflicts')
  })

  test('[GW15] of two revisions in one batch the first is taken', async () => {
    const fact = phone.fact('checkin')
    const { _rev, _revisions, ...rest } = fact as Sent & { _revisions?: unknown }
    const forged = withRevision({ ...rest, checkpoint: 'C9' } as Fact)
    expect(await codes(await phone.push([fact, forged]))).toEqual(['ZK-GATE-006'])
    expect(await log().get(fact._id, { conflicts: true })).not.toHaveProperty('_conflicts')
  })

  test('[GW16] a participant records of the own team alone', async () => {
    const participant = await doors.signIn('participant', { teams: ['12'] })
    const own = participant.fact('checkin', { team: '12' })
    const other = participant.fact('checkin', { team: '13' })
    expect(await codes(await participant.push([own, other]))).toEqual(['ZK-FACT-002'])
    expect(await inLog(own._id)).not.toBeNull()
  })

  test('[GW17] a device known to the server for another event brings nothing of it here', async () => {
    const device = 'twoevents000'
    const here = await doors.signIn('staff', { device })
    await grantDevice(
      doors.it,
      { id: device, name: 'x', app: 'staff', version: '1' },
      { account: 'old', as: 'admin', event: 'other', teams: [] },
    )
    const forged = withRevision({ ...here.fact('review'), by: 'old', as: 'admin' } as Fact)
    expect(await codes(await here.push([forged]))).toEqual(['ZK-GATE-005'])
  })

  test('[GW18] what was refused is listed for the organizers until it is taken in', async () => {
    const judge = await doors.signIn('judge')
    const staff = await doors.signIn('staff')
    const review = withRevision({ ...staff.fact('checkin'), by: 'someone-new' } as Fact)
    await staff.push([review])
    const listed = async () => {
      const answer = await judge.fetch(`/api/events/${doors.event}/refused`)
      const { refused } = (await answer.json()) as { refused: { factId: string; code: string; times: number }[] }
      return refused.filter(({ factId }) => factId === review._id)
    }
    expect(await listed()).toMatchObject([{ code: 'ZK-GATE-005', times: 1, device: staff.session.device }])
    await grantDevice(
      doors.it,
      { id: staff.session.device, name: 'x', app: 'staff', version: '1' },
      { account: 'someone-new', as: 'staff', event: doors.event, teams: [] },
    )
    expect(await codes(await staff.push([review]))).toEqual([])
    expect(await listed()).toEqual([])
  })
})

describe('the second wall', () => {
  test('[GW19] the database itself refuses what the gateway would', async () => {
    const authorization = phone.bearer.authorization!
    const direct = async (docs: unknown[]) => {
      const init = jsonRequest({ new_edits: false, docs }, { authorization })
      const answer = await doors.couch.request(`/${doors.log}/_bulk_docs`, init)
      return ((await answer.json()) as { reason?: string }[]).map(({ reason }) => reason)
    }
    const change = (fields: object) => withRevision({ ...phone.fact('checkin'), ...fields } as Fact)
    const second = {
      ...phone.fact('checkin'),
      _rev: `2-${'b'.repeat(32)}`,
      _revisions: { start: 2, ids: ['b'.repeat(32), 'c'.repeat(32)] },
    }
    expect(await direct([change({ device: 'someoneelse0' })])).toEqual(['ZK-GATE-004'])
    expect(await direct([change({ event: 'other' })])).toEqual(['ZK-FACT-003'])
    expect(await direct([phone.fact('arrival')])).toEqual(['ZK-FACT-002'])
    expect(await direct([change({ ...phone.fact('arrival'), as: 'server', by: 'server', device: 'server' })])).toEqual([
      'ZK-GATE-004',
    ])
    expect(await direct([second])).toEqual(['ZK-GATE-007'])
    expect(await direct([change({ _id: '12:help:01J8Z0000000000000000000A0' })])).toEqual(['ZK-FACT-001'])
    expect(await direct([attached(phone.fact('photo'), 'evil.html', jpeg(10))])).toEqual(['ZK-FACT-001'])
    expect(await direct([attached(phone.fact('photo'), 'preview', jpeg(previewLimitBytes + 1))])).toEqual([
      'ZK-GATE-003',
    ])
  })

  test('[GW20] a token opens only the databases of its role', async () => {
    const board = await doors.databaseFor('board')
    const roster = await doors.databaseFor('roster')
    const team12 = await doors.databaseFor('team', '12')
    const team13 = await doors.databaseFor('team', '13')
    const participant = await doors.signIn('participant', { teams: ['12'] })
    const status = async (name: string) =>
      (await doors.couch.request(`/${name}`, { headers: participant.bearer })).status
    expect(await Promise.all([board, roster, team12, team13, 'zk-office'].map(status))).toEqual([
      200, 403, 200, 403, 403,
    ])
    const put = await doors.couch.request(`/${board}/evil`, { method: 'PUT', headers: participant.bearer, body: '{}' })
    expect(put.status).toBe(403)
  })
})

function attached(fact: Sent, name: string, bytes: Buffer) {
  return { ...fact, _attachments: { [name]: { content_type: 'image/jpeg', data: bytes.toString('base64') } } }
}
