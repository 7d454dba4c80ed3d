import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import decodeQR from 'qr/decode.js'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import type { EntryDraft } from '../../design-docs/entry.ts'
import { ulid } from '../../design-docs/ids.ts'
import { outgoing, sentMail } from '../../design-docs/mail.ts'
import { readBib } from '../../functions/rules/bib-qr.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { bibKeys } from '../../sync-server/login/keys.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { type Mailbox, openMailbox } from '../../sync-server/post/mailbox.ts'
import { type PostOffice, startPostOffice } from '../../sync-server/post/post-office.ts'
import type { Transport } from '../../sync-server/post/try-mail.ts'
import { writeReply } from '../../sync-server/post/write-reply.ts'
import { manualClock } from '../feed/support/manual-clock.ts'
import { type Doors, jsonRequest, openDoors } from '../gateway/open-doors.ts'
import { eventDoc } from '../rules/make-facts.ts'

let doors: Doors
let folder: string
let mailbox: Mailbox
let clock: ReturnType<typeof manualClock>
const offices: PostOffice[] = []
const sender = { baseUrl: 'https://run.example', domain: 'run.example' }
const quiet = { info() {}, warn() {}, error() {} }

beforeEach(async () => {
  doors = await openDoors()
  folder = await mkdtemp(join(tmpdir(), 'zekken-mailbox-'))
  mailbox = openMailbox(folder)
  clock = manualClock(doors.clock.now)
  await doors.databaseFor('desk')
  const field = { of: 'member', kind: 'choice', label: { ja: 'シャツ', en: 'Shirt' }, required: true }
  const entryForm = {
    members: { min: 1, max: 3 },
    closesAt: doors.clock.now + 3_600_000,
    fields: [{ ...field, id: 'shirt', choices: [{ id: 'm', label: { ja: '中', en: 'Middle' } }] }],
  }
  const event = { ...eventDoc({ phase: 'open' }), event: doors.event, code: doors.event, entryForm }
  await doors.couch.database(databaseName(doors.event, 'desk')).put(event as unknown as CouchDoc)
})
afterEach(async () => {
  for (const office of offices.splice(0)) await office.stop()
  await doors.close()
  await rm(folder, { recursive: true })
})

function open(transport: Transport = mailbox): PostOffice {
  const { it } = doors
  const write: Parameters<typeof startPostOffice>[0]['write'] = (mail) => writeReply(it, mail, sender)
  const office = startPostOffice({ it, write, transport, domain: sender.domain, clock, log: quiet })
  offices.push(office)
  return office
}
const runner: EntryDraft = {
  name: "<b>O'Brien</b> & 髙﨑",
  mail: 'a@example.org',
  classIds: ['a'],
  members: [{ name: '山田 太郎', kana: 'やまだ たろう', answers: { shirt: 'm' } }],
}
type Page = { number: string; editToken: string }
async function enter(entry: EntryDraft, more: object = {}): Promise<Page & { draft: string }> {
  const draft = ulid(doors.clock.now, randomBytes(10))
  const body = { draft, entry, language: 'ja', ...more }
  const answer = await doors.app.request(`/api/events/${doors.event}/entries`, jsonRequest(body))
  expect(answer.status).toBe(200)
  return { ...((await answer.json()) as Page), draft }
}
async function change(method: string, { draft, editToken }: { draft: string; editToken: string }, body?: unknown) {
  const headers = { 'content-type': 'application/json', authorization: `Entry ${editToken}` }
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  const answer = await doors.app.request(`/api/events/${doors.event}/entries/${draft}`, init)
  expect(answer.status).toBe(200)
}
async function delivered(): Promise<Email[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'))
  return await Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))))
}
const waiting = () => readDocs(doors.it.office, 'outgoing', outgoing)
const sent = () => readDocs(doors.it.office, 'sent', sentMail)

test('[PO1] an entry is replied to with its number, a QR that a scanner reads, its link and a calendar entry', async () => {
  const { number, draft, editToken } = await enter(runner)
  await open().sendDue()
  const [mail] = await delivered()
  expect(mail?.to).toEqual([{ address: 'a@example.org', name: '' }])
  expect(mail?.subject).toContain(`受付番号 ${number}`)
  expect(mail?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
  const link = `https://run.example/team/entry/${doors.event}/${draft}#key=${editToken}`
  expect(mail?.text).toContain(link)
  for (const body of [mail?.text, mail?.html]) expect(body).toContain('https://run.example/team/')
  expect(mail?.text).toMatch(new RegExp(`\\b${number}\\b`))
  expect(mail?.text).toContain("<b>O'Brien</b> & 髙﨑 さま")
  expect(mail?.html).toContain(link)
  expect(mail?.html).toContain('&#60;b&#62;O&#39;Brien&#60;/b&#62; &#38; 髙﨑 さま')
  expect(mail?.html).not.toContain('<b>O')

  const picture = mail?.attachments.find(({ mimeType }) => mimeType === 'image/gif')
  expect(mail?.html).toContain(`cid:${picture?.contentId?.slice(1, -1)}`)
  const { data, info } = await sharp(picture?.content as Buffer)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const text = decodeQR({ width: info.width, height: info.height, data })
  const keys = bibKeys(doors.it.keys)
  expect(await readBib(text, { event: doors.event, keys })).toMatchObject({ result: 'ok', bib: { number, issue: 1 } })

  const [name = ''] = (await readdir(folder)).filter((one) => one.endsWith('.eml'))
  const raw = await readFile(join(folder, name), 'utf8')
  const calendar = /text\/calendar(?:.+\r\n)+\r\n([\w+/=\r\n]+)/.exec(raw)?.[1] ?? ''
  const event = Buffer.from(calendar, 'base64').toString().replaceAll('\r\n ', '')
  const utc = (at: number) => `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
  const { startsAt, endsAt, name: title } = eventDoc()
  for (const said of ['BEGIN:VEVENT', `DTSTART:${utc(startsAt)}`, `DTEND:${utc(endsAt)}`, `SUMMARY:${title.ja}`])
    expect(event).toContain(`${said}\r\n`)
  expect(event).toMatch(/\r\nUID:\S+@run\.example\r\n/)
})

test('[PO2] the answers go along only when they were asked for, in the language of the person', async () => {
  await enter(runner, { language: 'en' })
  await enter(runner, { language: 'en', wantsCopy: true })
  await open().sendDue()
  const texts = (await delivered()).map(({ text }) => text ?? '')
  expect(texts.filter((text) => text.includes('Your answers'))).toHaveLength(1)
  expect(texts.find((text) => text.includes('Your answers'))).toContain('Shirt: Middle')
  expect(texts.join()).not.toContain('さま')
})

test('[PO3] sent again, the same entry is mailed once; a change and a withdrawal have mails of their own', async () => {
  const office = open()
  const entered = await enter(runner)
  const body = { draft: entered.draft, entry: runner, language: 'ja' }
  const again = () => doors.app.request(`/api/events/${doors.event}/entries`, jsonRequest(body))
  await again()
  expect(await office.sendDue()).toBe(1)
  await again()
  expect(await office.sendDue()).toBe(0)
  await change('PUT', entered, { ...runner, name: '里山ハイカーズ' })
  await change('PUT', entered, { ...runner, name: '里山ハイカーズ' })
  expect(await office.sendDue()).toBe(1)
  await change('DELETE', entered)
  await change('DELETE', entered)
  expect(await office.sendDue()).toBe(1)
  expect((await sent()).map(({ occasion }) => occasion).sort()).toEqual(['changed', 'entered', 'withdrawn'])
  expect(await waiting()).toEqual([])
})

test('[PO4] a mail that does not get through is tried again with growing pauses, then kept for a person', async () => {
  let tries = 0
  const failing = { send: async () => Promise.reject(new Error(`no way ${++tries}`)) }
  const office = open(failing)
  await enter(runner)
  await office.sendDue()
  await office.sendDue()
  expect(tries).toBe(1)
  clock.advance(15_000)
  await office.sendDue()
  expect(tries).toBe(2)
  expect(await waiting()).toMatchObject([{ state: 'waiting', tries: 2, error: 'Error: no way 2' }])
  for (let n = 0; n < 30; n++) {
    clock.advance(3_600_000)
    await office.sendDue()
  }
  expect(tries).toBe(16)
  expect(await waiting()).toMatchObject([{ state: 'parked', tries: 16 }])
})

test('[PO5] a crash after the mail went out sends it once more, under the same Message-ID', async () => {
  await enter(runner)
  const ids: string[] = []
  const counting = { send: async ({ messageId }: { messageId: string }) => void ids.push(messageId) }
  const { office } = doors.it
  const bulk = office.bulk
  office.bulk = () => Promise.reject(new TypeError('fetch failed'))
  await open(counting)
    .sendDue()
    .catch(() => 0)
  office.bulk = bulk
  await open(counting).sendDue()
  expect(ids.length).toBeGreaterThanOrEqual(2)
  expect(new Set(ids).size).toBe(1)
  expect(await sent()).toHaveLength(1)
})

test('[PO6] no name can begin a header of its own', async () => {
  const desk = doors.couch.database(databaseName(doors.event, 'desk'))
  const standing = (await desk.get('event')) as CouchDoc
  const name = { ja: '大会\r\nBcc: everyone@example.org', en: 'x' }
  await desk.put({ ...standing, name })
  await enter(runner)
  await open().sendDue()
  const [mail] = await delivered()
  expect(mail?.bcc).toBeUndefined()
  expect(mail?.subject).toContain('大会 Bcc: everyone@example.org')
})
