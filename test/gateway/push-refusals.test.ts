import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { previewLimitBytes } from '../../design-docs/databases.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { grantDevice } from '../../sync-server/login/devices.ts'
import { codesOf } from './ask-log.ts'
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
    expect([answer.status, await codesOf(answer)]).toEqual([201, [code]])
    const id = (doc as { _id?: string } | null)?._id
    if (id?.includes(':')) expect(await inLog(id)).toBeNull()
  })

  test('[GW14] another revision of a known id is refused and the first one stays', async () => {
    const fact = phone.fact('checkin')
    await phone.push([fact])
    const { _rev, _revisions, ...rest } = fact as Sent & { _revisions?: unknown }
    const forged = withRevision({ ...rest, checkpoint: 'C9' } as Fact)
    expect(await codesOf(await phone.push([forged]))).toEqual(['ZK-GATE-006'])
    expect(await log().get(fact._id, { conflicts: true })).toMatchObject({ _rev: fact._rev, checkpoint: 'C1' })
    expect(await log().get(fact._id, { conflicts: true })).not.toHaveProperty('_conflicts')
  })

  test('[GW15] of two revisions in one batch the first is taken', async () => {
    const fact = phone.fact('checkin')
    const { _rev, _revisions, ...rest } = fact as Sent & { _revisions?: unknown }
    const forged = withRevision({ ...rest, checkpoint: 'C9' } as Fact)
    expect(await codesOf(await phone.push([fact, forged]))).toEqual(['ZK-GATE-006'])
    expect(await log().get(fact._id, { conflicts: true })).not.toHaveProperty('_conflicts')
  })

  test('[GW16] a participant records of the own team alone', async () => {
    const participant = await doors.signIn('participant', { teams: ['12'] })
    const own = participant.fact('checkin', { team: '12' })
    const other = participant.fact('checkin', { team: '13' })
    expect(await codesOf(await participant.push([own, other]))).toEqual(['ZK-FACT-002'])
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
    expect(await codesOf(await here.push([forged]))).toEqual(['ZK-GATE-005'])
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
    expect(await codesOf(await staff.push([review]))).toEqual([])
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
