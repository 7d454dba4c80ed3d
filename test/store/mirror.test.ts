import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Mirror } from '../../app/store/types.ts'
import { ensureDatabase } from '../../sync-server/couch/ensure-database.ts'
import { openPhone, until } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await openServer()
})
afterEach(() => server.close())

const card = (team: number, points = 0) => ({ _id: `card:${team}`, type: 'card', points })
const cards = (count: number) => Array.from({ length: count }, (_, i) => card(i + 1))

/** What a mirror shows, and what the server holds, in the same shape. */
const shown = (mirror: Mirror) => Object.fromEntries([...mirror.docs.value].map(([id, doc]) => [id, doc._rev]))
async function held(kind: 'roster' | 'board') {
  const rows = await server.couch().database(`zk-demo-${kind}`).all()
  return Object.fromEntries(rows.filter(({ id }) => !id.startsWith('_design/')).map(({ id, rev }) => [id, rev]))
}

test('[MR1] the first sync shows how far it is, and goes on where the link broke', async () => {
  await server.couch().database('zk-demo-roster').bulk(cards(2500))
  const phone = await openPhone(server)
  const roster = phone.store.mirrors.roster
  let pages = 0
  phone.link.intercept((path) => {
    if (path.includes('roster/_changes') && ++pages === 3) throw new TypeError('fetch failed')
    return null
  })
  expect(await phone.store.sync()).toBe('offline')
  expect(roster.state.value).toBe('filling')
  expect(roster.progress.value).toEqual({ received: 2000 - 1, expected: 2500 })
  await phone.reload()
  expect(phone.store.mirrors.roster.docs.value.size).toBe(1999)
  phone.link.intercept(null)
  const before = phone.link.log.length
  await phone.store.sync()
  const asked = phone.link.log.slice(before).filter(({ path }) => path.includes('roster/_changes'))
  expect(asked[0]?.path).not.toContain('since=0')
  expect([phone.store.mirrors.roster.state.value, phone.store.mirrors.roster.progress.value]).toEqual([
    'complete',
    null,
  ])
  expect(shown(phone.store.mirrors.roster)).toEqual(await held('roster'))
  await phone.close()
})

test('[MR2] changed and removed documents follow, one by one over the pages of the first sync', async () => {
  await server.write('roster', cards(5))
  const phone = await openPhone(server)
  await phone.store.sync()
  await server.write('roster', [card(2, 50), card(9)])
  const gone = await server.couch().database('zk-demo-roster').get('card:3')
  await server
    .couch()
    .database('zk-demo-roster')
    .bulk([{ ...gone, _id: 'card:3', _deleted: true }])
  await phone.store.sync()
  expect(shown(phone.store.mirrors.roster)).toEqual(await held('roster'))
  expect(phone.store.mirrors.roster.doc('card:2').value).toMatchObject({ points: 50 })
  await phone.reload()
  expect(shown(phone.store.mirrors.roster)).toEqual(await held('roster'))
  await phone.close()
})

test('[MR3] without a network the mirror shows what it had, at once', async () => {
  await server.write('roster', cards(3))
  const phone = await openPhone(server)
  await phone.store.sync()
  phone.link.cut()
  await phone.reload()
  expect(phone.store.mirrors.roster.withPrefix('card:').value.map(({ _id }) => _id)).toEqual([
    'card:1',
    'card:2',
    'card:3',
  ])
  expect(phone.store.session.state.value).toBe('signed-in')
  expect(await phone.store.sync()).toBe('offline')
  await phone.close()
})

test('[MR4] a change on the server reaches a phone that follows, without being asked for', async () => {
  await server.write('roster', cards(3))
  const phone = await openPhone(server, { replication: 'live' })
  await until(() => phone.store.mirrors.roster.state.value === 'complete')
  await server.write('roster', [card(2, 70)])
  await until(() => phone.store.mirrors.roster.docs.value.get('card:2')?.points === 70)
  const fact = await phone.checkin('12')
  await until(() => phone.stateOf(fact) === 'confirmed')
  await phone.close()
})

test('[MR5] a role without the right to search gets no roster', async () => {
  await server.write('roster', cards(3))
  const phone = await openPhone(server, { role: 'participant', teams: ['12'] })
  expect(await phone.store.sync()).toBe('done')
  expect(phone.store.mirrors.roster.docs.value.size).toBe(0)
  expect(phone.store.mirrors.team('12').state.value).toBe('complete')
  await phone.close()
})

test('[MR6] an attachment is fetched once, shown offline afterwards, and fetched anew with a new revision', async () => {
  const roster = () => server.couch().database('zk-demo-roster')
  const withBytes = (text: string) => ({
    _id: 'card:1',
    _attachments: { face: { content_type: 'image/jpeg', data: Buffer.from(text).toString('base64') } },
  })
  await roster().put(withBytes('one'))
  const phone = await openPhone(server)
  await phone.store.sync()
  const face = async () => (await phone.store.mirrors.roster.attachment('card:1', 'face'))?.text()
  phone.link.cut()
  expect(await face()).toBeUndefined()
  phone.link.restore()
  expect(await face()).toBe('one')
  phone.link.cut()
  await phone.reload()
  expect(await face()).toBe('one')
  phone.link.restore()
  const before = await roster().get('card:1')
  await roster().put({ ...withBytes('two'), _rev: before?._rev ?? '' })
  await phone.store.sync()
  expect(await face()).toBe('two')
  expect(await phone.store.mirrors.roster.attachment('card:1', 'nothing')).toBeNull()
  await phone.close()
})

test('[MR7] a team that enters later is asked for again and followed, while the others stay as they are', async () => {
  const phone = await openPhone(server, { role: null, replication: 'live' })
  const token = await server.invite('agent', { teams: ['12', '13'] })
  await server.couch().drop('zk-demo-team-13')
  await phone.store.session.signIn(token, 'phone')
  const late = phone.store.mirrors.team('13')
  const asked = () => phone.link.log.filter(({ path }) => path.includes('team-13/_changes')).length
  await until(() => phone.store.mirrors.team('12').state.value === 'complete' && asked() > 0)

  await ensureDatabase(server.couch(), 'demo', 'team', '13')
  const database = server.couch().database('zk-demo-team-13')
  await database.put(card(13))
  phone.device.clock.advance(31_000)
  await phone.checkin('12')
  // It may have come while the database was still empty.
  await until(() => late.state.value === 'complete' && late.doc('card:13').value?.points === 0)
  const found = await database.get('card:13')
  await database.put({ ...card(13, 70), _rev: found?._rev ?? '' })
  await until(() => late.doc('card:13').value?.points === 70)
  await phone.close()
})
