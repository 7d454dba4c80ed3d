import { randomBytes } from 'node:crypto'
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { audit } from '../../design-docs/audit.ts'
import { ulid } from '../../design-docs/ids.ts'
import type { MailingPreview, MailingsPage, StationLogPage, StationsPage } from '../../design-docs/stations.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { mailProblems } from '../../sync-server/post/mail-problems.ts'
import { mailingRoutes } from '../../sync-server/post/mailing-routes.ts'
import { openSecret } from '../../sync-server/post/seal-secret.ts'
import { stationRoutes } from '../../sync-server/post/station-routes.ts'
import { jsonRequest, type Phone } from '../gateway/open-doors.ts'
import { enterTeam, openEvent } from '../login/enter-team.ts'
import { type Behaviour, type MailServer, startMailServer } from './support/mail-server.ts'
import { openTestPost, type TestPost } from './support/open-post.ts'

let post: TestPost
let server: MailServer
let behaviour: Behaviour
let admin: Phone
beforeEach(async () => {
  post = await openTestPost()
  behaviour = {}
  server = await startMailServer({ recipient: (to) => behaviour.recipient?.(to) ?? null })
  const { doors } = post
  doors.app.route('/api', stationRoutes(doors.it))
  doors.app.route('/api', mailingRoutes(doors.it))
  admin = await doors.signIn('admin')
})
afterEach(async () => {
  await post.close()
  await server.kill()
})

const root = () => `/api/events/${post.doors.event}`
const get = async <T>(path: string) => (await (await admin.fetch(root() + path)).json()) as T
const send = (method: string, path: string, body: unknown = {}) =>
  admin.fetch(root() + path, { ...jsonRequest(body), method })
const draft = (about: object = {}) => ({
  name: '本部のアカウント',
  host: '127.0.0.1',
  port: server.port,
  security: 'plain',
  user: 'hq',
  from: 'hq@run.example',
  mailsPerDay: 100,
  minutesPerDay: 90,
  ...about,
})
async function made(about: object = {}): Promise<string> {
  const answer = await send('POST', '/stations', draft({ password: 'very secret', ...about }))
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { id: string }).id
}

test('[PO37] a station set up in the console sends; its password is nowhere to be read, neither in the database nor here', async () => {
  const id = await made()
  const kept = JSON.stringify(await post.office.all({ includeDocs: true }))
  expect(kept).not.toContain('very secret')
  expect(await (await admin.fetch(`${root()}/stations`)).text()).not.toMatch(/very secret|secret"|iv"/)
  const doc = (await post.office.get(`station:${id}`)) as CouchDoc & { secret: Parameters<typeof openSecret>[2] }
  expect(openSecret(post.doors.it, id, doc.secret)).toBe('very secret')
  expect(() => openSecret(post.doors.it, 'another', doc.secret)).toThrow()
  const office = post.open([])
  await post.queue('reply', ['r1'])
  expect(await office.sendDue()).toBe(1)
  expect(server.arrived).toMatchObject([{ user: 'hq', from: 'hq@run.example' }])
  const page = await get<StationsPage>('/stations')
  expect(page.stations).toMatchObject([{ id, state: 'active', mailsUsed: 1, hasPassword: true, reason: null }])
  expect(page.forecast).toMatchObject({ mailsLeft: 99, mailsPerDay: 100 })
  post.doors.clock.now += 61_000
  expect((await get<StationsPage>('/stations')).forecast).toMatchObject({ expected: 1, short: 0 })
})

test('[PO38] a password is replaced without being shown, and asked for anew when the station is to sign in elsewhere', async () => {
  const id = await made({ password: 'wrong' })
  const elsewhere = await send('PUT', `/stations/${id}`, draft({ host: 'localhost' }))
  expect([elsewhere.status, JSON.stringify(await elsewhere.json())]).toEqual([400, expect.stringContaining('password')])
  expect((await send('PUT', `/stations/${id}`, draft({ name: '別名' }))).status).toBe(200)
  const office = post.open([])
  await post.queue('reply', ['r1'])
  expect(await office.sendDue()).toBe(0)
  expect((await send('PUT', `/stations/${id}`, draft({ password: 'right' }))).status).toBe(200)
  expect((await send('POST', `/stations/${id}/test`, { to: 'hq@run.example' })).status).toBe(200)
  expect(await office.sendDue()).toBeGreaterThanOrEqual(1)
  const { lines } = await get<StationLogPage>('/post-log')
  expect(lines.find((line) => line.function === 'test')).toMatchObject({
    result: 'sent',
    stationName: '本部のアカウント',
  })
  const actions = (await readDocs(post.office, 'audit', audit)).map(({ action }) => action)
  expect(actions).toEqual(expect.arrayContaining(['station-made', 'station-changed']))
})

test('[PO39] nothing is sent unprotected to another machine, and stations of the environment keep their endpoint', async () => {
  const unsafe = await send('POST', '/stations', draft({ host: 'mail.example', security: 'plain', password: 'x' }))
  expect([unsafe.status, JSON.stringify(await unsafe.json())]).toEqual([400, expect.stringContaining('security')])
  const [env] = post.stations(server.port, 'alpha:pw')
  await post.open(env ? [env] : []).sendDue()
  const change = draft({ host: 'evil.example', security: 'tls', mailsPerDay: 7, password: 'x' })
  expect((await send('PUT', `/stations/${env?.id}`, change)).status).toBe(200)
  const { stations } = await get<StationsPage>('/stations')
  expect(stations).toMatchObject([{ host: '127.0.0.1', user: 'alpha', mailsPerDay: 7, source: 'environment' }])
  expect((await send('DELETE', `/stations/${env?.id}`)).status).toBe(404)
})

test('[PO40] a paused station sends nothing, a removed one is gone, and mails wait meanwhile', async () => {
  const id = await made()
  const office = post.open([])
  await send('PUT', `/stations/${id}`, draft({ paused: true }))
  await post.queue('reply', ['r1'])
  expect(await office.sendDue()).toBe(0)
  await send('PUT', `/stations/${id}`, draft())
  expect(await office.sendDue()).toBe(1)
  expect((await send('DELETE', `/stations/${id}`)).status).toBe(200)
  expect((await get<StationsPage>('/stations')).stations).toEqual([])
})

test('[PO41] mails that nobody takes and stations that cannot send are among the problems', async () => {
  behaviour.recipient = () => 550
  await made()
  await made({ name: '壊れた局', password: 'wrong', user: 'other' })
  const office = post.open([])
  await post.queue('passcode', ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'])
  await office.sendDue()
  const problems = await mailProblems(post.doors.it, post.doors.event)
  expect(problems.filter(({ kind }) => kind === 'mail').length).toBeGreaterThan(0)
  expect(problems.find(({ kind }) => kind === 'station')).toMatchObject({ where: '壊れた局' })
  expect(problems.find(({ kind }) => kind === 'mail')?.error).toContain('550')
  expect((await mailProblems(post.doors.it, 'other')).map(({ kind }) => kind)).not.toContain('mail')
})

test('[PO52] a mailing is spread over days within the budget, each mail written as things are when it goes', async () => {
  const { doors } = post
  await openEvent(doors)
  const entered = []
  for (let n = 0; n < 5; n++) entered.push(await enterTeam(doors, { name: `チーム${n}`, mail: `team${n}@example.org` }))
  const rows = await post.office.all({ startkey: 'outgoing:', endkey: 'outgoing;' })
  await post.office.bulk(rows.map(({ id, rev }) => ({ _id: id, _rev: rev, _deleted: true })))
  await made({ mailsPerDay: 4 })
  const id = ulid(doors.clock.now, randomBytes(10))
  await send('POST', '/mailings', { id, subject: '最終案内', body: '{team} さま', classIds: [] })
  const office = post.open([])
  const days: number[] = []
  for (let day = 0; day < 3; day++) {
    days.push(await office.sendDue())
    if (day === 0) {
      const early = new Set(server.arrived.map(({ to }) => to))
      const late = (await post.office.all({ startkey: 'entrant:', endkey: 'entrant;', includeDocs: true })).flatMap(
        ({ doc }) => (doc ? [doc as unknown as CouchDoc & { entry: { mail: string; name: string } }] : []),
      )
      const renamed = late.filter(({ entry }) => !early.has(entry.mail))
      await post.office.bulk(
        renamed.map((doc) => ({ ...doc, entry: { ...doc.entry, name: `新${doc.entry.name}` } }) as CouchDoc),
      )
    }
    post.clock.advance(25 * 3_600_000)
  }
  expect(days).toEqual([3, 2, 0])
  const texts = await Promise.all(server.arrived.map(async ({ raw }) => (await PostalMime.parse(raw)).text ?? ''))
  expect(texts.filter((text) => /^新チーム\d さま/m.test(text))).toHaveLength(2)
  expect(new Set(server.arrived.map(({ to }) => to)).size).toBe(5)
})

test('[PO42] a mailing goes once to everyone who entered, as previewed, and can be cancelled on the way', async () => {
  const { doors } = post
  await openEvent(doors)
  for (let n = 0; n < 5; n++) await enterTeam(doors, { name: `チーム${n}`, mail: `team${n}@example.org` })
  const rows = await post.office.all({ startkey: 'outgoing:', endkey: 'outgoing;' })
  await post.office.bulk(rows.map(({ id, rev }) => ({ _id: id, _rev: rev, _deleted: true })))
  await made({ mailsPerDay: 4 })
  const body = '{team} さま（{number}）\n\n地図はhttps://run.example/?a=1&n={number}をご覧ください。\n<b>'
  const words = { subject: '最終案内', body, classIds: [] }
  const preview = (await (await send('POST', '/mailings/preview', words)).json()) as MailingPreview
  expect(preview).toMatchObject({ recipients: 5, first: { subject: '最終案内' } })
  const [greeting, map] = preview.first?.paragraphs ?? []
  expect(greeting?.map(({ text }) => text).join('')).toMatch(/^チーム\d さま（\d+）$/)
  const url = map?.[1]?.url
  expect(url).toMatch(/^https:\/\/run\.example\/\?a=1&n=\d+$/)
  const nobody = await send('POST', '/mailings/preview', { ...words, classIds: ['none'] })
  expect(await nobody.json()).toMatchObject({ recipients: 0, first: null })

  const id = ulid(doors.clock.now, randomBytes(10))
  for (let n = 0; n < 2; n++) expect((await send('POST', '/mailings', { id, ...words })).status).toBe(200)
  const office = post.open([])
  // Four fifths of four, whole ones.
  expect(await office.sendDue()).toBe(3)
  expect((await get<MailingsPage>('/mailings')).mailings).toMatchObject([
    { id, state: 'queued', mails: 5, sent: 3, waiting: 2 },
  ])
  const first = server.arrived.find(({ to }) => to === preview.first?.to)
  const { text, html } = await PostalMime.parse(first!.raw)
  expect(text).toContain(`地図は${url}をご覧ください。\n<b>`)
  const escapedUrl = url?.replace('&', '&#38;')
  expect(html).toMatch(new RegExp(`<a href="${RegExp.escape(escapedUrl!)}"[^>]*>${RegExp.escape(escapedUrl!)}</a>を`))
  expect(html).toContain('&#60;b&#62;')
  expect((await send('POST', `/mailings/${id}/cancel`)).status).toBe(200)
  post.clock.advance(30 * 3_600_000)
  expect(await office.sendDue()).toBe(0)
  expect(new Set(server.arrived.map(({ to }) => to)).size).toBe(3)
  expect((await get<MailingsPage>('/mailings')).mailings).toMatchObject([{ state: 'cancelled', sent: 3, waiting: 0 }])
})
