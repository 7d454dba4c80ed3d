import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../../app/store/open-store.ts'
import type { NoticeDoc } from '../../design-docs/derived.ts'
import type { NoticeFact } from '../../design-docs/facts.ts'
import { contact } from '../../design-docs/office.ts'
import { noticesOf } from '../../functions/rules/notices.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { noticeFact } from '../rules/make-facts.ts'
import { openPhone, type Phone, until } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await openServer()
})
afterEach(() => server.close())

const notice = (n: number, fields: Partial<NoticeFact> = {}) =>
  noticesOf([noticeFact(n, { title: String(n), ...fields })])[0] as NoticeDoc
const shown = ({ store }: Phone, at = Date.now()) => store.notices.shownAt(at).map(({ title }) => title)
const ulidOf = (n: number) => notice(n)._id.slice('notice:'.length)

test('[NT9] a phone shows what is for its person, urgent first, and drops by its own clock what has expired', async () => {
  const expiresAt = Date.now() + 3_600_000
  await server.write('board', [
    notice(1, { expiresAt }),
    notice(2, { urgent: true }),
    notice(3, { audience: { classes: ['b'] } }),
    notice(4, { audience: { roles: ['participant'] } }),
  ])
  await server.write('gate', [notice(5, { audience: { roles: ['staff'] } })])
  const staff = await openPhone(server, { role: 'staff' })
  const team = await openPhone(server, { role: 'participant', teams: ['12'] })
  const card = { _id: 'card:12', type: 'card', classIds: ['b'] }
  await server.couch().database('zk-demo-team-12').put(card)
  await staff.store.sync()
  await team.store.sync()
  expect(shown(staff)).toEqual(['2', '5', '3', '1'])
  expect(shown(team)).toEqual(['2', '4', '3', '1'])
  expect(shown(team, expiresAt)).toEqual(['2', '4', '3'])
  await server.stop()
  await team.reload()
  expect(shown(team)).toEqual(['2', '4', '3', '1'])
  await server.start()
  await Promise.all([staff.close(), team.close()])
})

test('[NT10] what was opened stays opened over a reload and in the other tab, and the server hears of it', async () => {
  await server.write('board', [notice(1), notice(2)])
  const phone = await openPhone(server)
  await phone.store.sync()
  const said = async () => (await readDocs(server.it().office, 'contact', contact))[0]?.notices
  expect(await said()).toEqual({ have: [ulidOf(1), ulidOf(2)], read: [] })
  const second = await openStore(phone.device.load(phone.link.fetch).ports, { replication: 'manual' })
  phone.store.notices.markRead('notice:gone')
  second.notices.markRead(notice(2)._id)
  await until(() => phone.store.notices.read.value.has(notice(2)._id))
  await second.close()
  await phone.reload()
  expect(phone.store.notices.read.value).toContain(notice(2)._id)
  await phone.store.sync()
  expect(await said()).toEqual({ have: [ulidOf(1), ulidOf(2)], read: [ulidOf(2)] })
  await phone.close()
})

test('[NT11] a phone that follows the server tells of a notice by itself', async () => {
  const phone = await openPhone(server, { replication: 'live' })
  await until(() => phone.store.mirrors.board.state.value === 'complete')
  await server.write('board', [notice(1)])
  await until(async () => (await readDocs(server.it().office, 'contact', contact))[0]?.notices?.have.length === 1)
  await phone.close()
})
