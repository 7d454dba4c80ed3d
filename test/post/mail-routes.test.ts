import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import { ulid } from '../../design-docs/ids.ts'
import type { MailboxItem, MailPage } from '../../design-docs/mail.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { mailRoutes } from '../../sync-server/post/mail-routes.ts'
import { type Mailbox, openMailbox } from '../../sync-server/post/mailbox.ts'
import { startPostOffice } from '../../sync-server/post/post-office.ts'
import { writeReply } from '../../sync-server/post/write-reply.ts'
import { manualClock } from '../feed/support/manual-clock.ts'
import { type Doors, jsonRequest, openDoors, type Phone } from '../gateway/open-doors.ts'
import { eventDoc } from '../rules/make-facts.ts'

let doors: Doors
let folder: string
let mailbox: Mailbox
let admin: Phone
const sender = { baseUrl: 'http://localhost:8080', domain: 'localhost' }
const quiet = { info() {}, warn() {}, error() {} }

beforeAll(async () => {
  doors = await openDoors()
  folder = await mkdtemp(join(tmpdir(), 'zekken-mailbox-'))
  mailbox = openMailbox(folder)
  await doors.databaseFor('desk')
  const entryForm = { members: { min: 1, max: 3 } }
  const event = { ...eventDoc({ phase: 'open' }), event: doors.event, code: doors.event, entryForm }
  await doors.couch.database(databaseName(doors.event, 'desk')).put(event as unknown as CouchDoc)
  doors.app.route('/api', mailRoutes({ it: doors.it, mailbox, isShown: true }))
  admin = await doors.signIn('admin')
})
afterAll(async () => {
  await doors.close()
  await rm(folder, { recursive: true })
})

async function post(send: 'goes out' | 'fails' | 'fails for good') {
  const clock = manualClock(doors.clock.now)
  const transport = send === 'goes out' ? mailbox : { send: () => Promise.reject(new Error('no way')) }
  const { it } = doors
  const write: Parameters<typeof startPostOffice>[0]['write'] = (mail) => writeReply(it, mail, sender)
  const office = startPostOffice({ it, write, transport, domain: sender.domain, clock, log: quiet })
  for (let n = 0; n < (send === 'fails for good' ? 20 : 1); n++) {
    await office.sendDue()
    clock.advance(3_600_000)
  }
  await office.stop()
}
async function enter(name: string): Promise<void> {
  const entry = {
    name,
    mail: 'a@example.org',
    classIds: ['a'],
    members: [{ name: '山田 太郎', kana: 'ヤマダ タロウ' }],
  }
  const draft = ulid(doors.clock.now, randomBytes(10))
  const body = jsonRequest({ draft, entry, language: 'ja' })
  expect((await doors.app.request(`/api/events/${doors.event}/entries`, body)).status).toBe(200)
}
const mails = async () => (await (await admin.fetch(`/api/events/${doors.event}/mails`)).json()) as MailPage
const ask = (path: string, body: unknown) => admin.fetch(`/api/events/${doors.event}/mails/${path}`, jsonRequest(body))

test('[PO9] the console lists what was sent, and shows a mail with its pictures', async () => {
  await enter('長良川ランナーズ')
  await post('goes out')
  const { mailbox: standing, mails: rows } = await mails()
  expect(standing).toBe('shown')
  expect(rows).toMatchObject([{ state: 'sent', occasion: 'entered', teamName: '長良川ランナーズ', error: null }])
  const item = (await (await ask('read', { key: rows[0]?.key })).json()) as MailboxItem
  expect(item).toMatchObject({ to: 'a@example.org', attachments: [{ filename: 'qr.gif' }, { filename: 'event.ics' }] })
  expect(item.pictures.qr).toMatch(/^data:image\/gif;base64,/)
})

test('[PO10] a mail that failed for good is listed with its reason, tried again on request, and then goes out', async () => {
  await enter('川原町探検隊')
  await post('fails for good')
  const failed = (await mails()).mails.find(({ state }) => state === 'parked')
  expect(failed).toMatchObject({ teamName: '川原町探検隊', tries: 16, error: 'Error: no way' })
  expect((await ask('retry', { key: failed?.key })).status).toBe(200)
  await post('goes out')
  expect((await mails()).mails.map(({ state }) => state)).toEqual(['sent', 'sent'])
})

test('[PO11] nothing is read that is not there, of another event, or where mails are not shown', async () => {
  const [{ key } = { key: '' }] = (await mails()).mails
  expect((await ask('read', { key: 'reply:nothing' })).status).toBe(404)
  expect((await ask('retry', { key: 'reply:nothing' })).status).toBe(404)
  const elsewhere = await doors.signIn('admin', { event: 'other' })
  const other = await elsewhere.fetch('/api/events/other/mails/read', jsonRequest({ key }))
  expect(other.status).toBe(404)
  const hidden = mailRoutes({ it: doors.it, mailbox, isShown: false })
  hidden.onError((error) => Response.json({ message: String(error) }, { status: 404 }))
  const answer = await hidden.request(`/events/${doors.event}/mails/read`, jsonRequest({ key }))
  expect(answer.status).toBe(404)
  const list = await hidden.request(`/events/${doors.event}/mails`)
  expect(((await list.json()) as MailPage).mailbox).toBe('kept')
})

test('[PO9] of thousands of mails the newest are listed, and how many there are', async () => {
  const about = { type: 'sent', event: doors.event, kind: 'reply', occasion: 'entered', queuedAt: 1, tries: 1 }
  const sent = Array.from({ length: 400 }, (_, n) => {
    const draft = ulid(n, randomBytes(10))
    return { ...about, _id: `sent:${draft}`, key: draft, draft, sentAt: n, messageId: `<${n}@localhost>` }
  })
  await doors.it.office.bulk(sent)
  const { mails: rows, total } = await mails()
  expect([rows.length, total]).toEqual([300, 402])
  expect(rows.slice(2).map(({ at }) => at)).toEqual(Array.from({ length: 298 }, (_, n) => 399 - n))
})
