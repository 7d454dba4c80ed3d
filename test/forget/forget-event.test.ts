import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { databaseName, office as officeName } from '../../design-docs/databases.ts'
import { type ForgetReport, type ForgottenAnswer, forgotten as forgottenSchema } from '../../design-docs/forgetting.ts'
import { event as eventSchema } from '../../design-docs/plan.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { readConfig } from '../../sync-server/config.ts'
import type { Couch } from '../../sync-server/couch/client.ts'
import { openCouch } from '../../sync-server/couch/open-couch.ts'
import { folderStorage } from '../../sync-server/images/folder-storage.ts'
import { issueAccessToken } from '../../sync-server/login/access-token.ts'
import { loadKeys } from '../../sync-server/login/keys.ts'
import { openMailbox } from '../../sync-server/post/mailbox.ts'
import { createEvent } from '../../sync-server/setup/create-event.ts'
import { factMaker } from '../rules/make-facts.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'

/** LevelDB packs what repeats; what it has never seen it leaves as it is, so that a search of its files finds it. */
const rare = () => randomBytes(15).toString('base64')
const address = `${rare()}@example.org`
const otherAddress = rare()
const note = rare()
const messageId = `<${'ab'.repeat(20)}@example.org>`
const original = randomBytes(4000)
const preview = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(3000)])
const run = promisify(execFile)

let zekken: Zekken
beforeAll(async () => {
  // What is looked at are the files of the embedded database; that CouchDB is told to forget, `reminder.test.ts` shows.
  vi.stubEnv('COUCHDB_URL', undefined)
  zekken = await startZekken()
  // Until the functions have written every team's card into its own database.
  await vi.waitFor(
    async () => {
      const { card } = (await zekken.get('/api/events/trial/teams/103')) as { card: unknown }
      if (!card) throw new Error('no card yet')
    },
    { timeout: 60_000, interval: 200 },
  )
  await zekken.stop()
  await withData(async (couch) => {
    await addPeople(couch)
  })
}, 120_000)
afterAll(async () => {
  await zekken?.end()
  vi.unstubAllEnvs()
})

async function withData<T>(work: (couch: Couch) => Promise<T>): Promise<T> {
  const { couch, close } = await openCouch(readConfig({ DATA_DIR: zekken.dataDir, DURABILITY: 'process' }))
  return await work(couch).finally(close)
}

/** What an event leaves behind: an entry with its address, a mail, a photo with preview and original, a shared device. */
async function addPeople(couch: Couch): Promise<void> {
  const office = couch.database(officeName)
  const draft = '01J8Z0000000000000000000A0'
  const grant = { account: 'hanako', as: 'participant', teams: ['103'], since: 1 }
  const base = { language: 'ja', wantsCopy: false, enteredAt: 1, changedAt: 1, version: 1, draft }
  const entry = { name: 'x', classIds: ['three'], members: [], answers: {}, memberAnswers: {}, consents: [] }
  await createEvent(
    couch,
    {
      code: 'other',
      name: { ja: '別の大会', en: 'Other' },
      timeZone: 'Asia/Tokyo',
      phase: 'running',
      startsAt: 1,
      endsAt: 2,
      classes: [{ id: 'three', name: { ja: '三', en: 'three' }, startsAt: 1, limitMinutes: 60 }],
      rules: (await couch.database(databaseName('trial', 'desk')).get('event'))?.rules as never,
    },
    { now: Date.now },
  )
  const docs = [
    {
      _id: `entrant:trial:${draft}`,
      type: 'entrant',
      event: 'trial',
      number: '103',
      entry: { ...entry, mail: address },
      ...base,
    },
    {
      _id: `entrant:other:${draft}`,
      type: 'entrant',
      event: 'other',
      entry: { ...entry, mail: otherAddress },
      ...base,
    },
    {
      _id: 'account:hanako',
      type: 'account',
      account: 'hanako',
      name: '髙﨑 花子',
      event: 'trial',
      role: 'participant',
      teams: ['103'],
      createdAt: 1,
    },
    {
      _id: 'sent:reply-1',
      type: 'sent',
      key: 'reply-1',
      event: 'trial',
      kind: 'reply',
      draft,
      occasion: 'entered',
      queuedAt: 1,
      tries: 1,
      sentAt: 1,
      messageId,
    },
    {
      _id: 'device:sharedphone',
      type: 'device',
      device: 'sharedphone',
      name: 'Phone',
      app: 'participant',
      event: 'trial',
      grants: [
        { ...grant, event: 'trial' },
        { ...grant, account: 'jiro', event: 'other' },
      ],
      createdAt: 1,
    },
  ]
  expect((await office.bulk(docs)).filter(({ error }) => error)).toEqual([])
  const { photo, make } = factMaker('103')
  const fact = { ...photo(null), event: 'trial' }
  const attachment = { content_type: 'image/jpeg', data: preview.toString('base64') }
  await couch.database(databaseName('trial', 'log')).put({ ...fact, _attachments: { preview: attachment } })
  const received = make('reception', { at: 1, arrived: [], feePaid: true, note })
  await couch.database(databaseName('trial', 'log')).put({ ...received, event: 'trial' })
  const storage = folderStorage({ folder: join(zekken.dataDir, 'files') })
  await storage.put('trial/original/abc', original)
  await storage.put('other/original/abc', randomBytes(10))
  await openMailbox(join(zekken.dataDir, 'mailbox')).send({
    messageId,
    from: { name: 'zekken', address: 'office@example.org' },
    to: address,
    subject: 'received',
    text: '川原町探検隊',
    html: '',
    attachments: [],
  } as never)
}

/** Files of the data folder that hold these bytes. */
async function holding(needle: Buffer | string): Promise<string[]> {
  // Where LevelDB happens to know four letters already, it parts the needle; then one half of it is whole.
  const halves = [needle.slice(0, needle.length / 2), needle.slice(needle.length / 2)]
  const files = await readdir(zekken.dataDir, { recursive: true })
  const found = await Promise.all(
    files.map(async (name) => {
      const path = join(zekken.dataDir, name)
      if (!(await stat(path)).isFile()) return []
      const bytes = await readFile(path)
      return halves.some((half) => bytes.includes(half)) ? [name] : []
    }),
  )
  return found.flat()
}

const needles: [string, Buffer | string][] = [
  ['the mail address', address.slice(0, 20)],
  ['a note', note],
  ['a name', '川原町探検隊'],
  ['a member', '髙﨑'],
  ['the original', original.subarray(100, 160)],
  ['the preview', preview.subarray(1000, 1060)],
]

const forget = async (...words: string[]) => {
  const env = { ...process.env, DATA_DIR: zekken.dataDir, PORT: new URL(zekken.url).port, DURABILITY: 'process' }
  const { stdout } = await run(process.execPath, ['sync-server/operations/forget.ts', ...words], { env })
  return JSON.parse(stdout) as ForgetReport
}

test('[FG1] asked for a look alone, or without the code twice, or beside a running server, nothing goes', async () => {
  const report = await forget('--event', 'trial', '--dry-run')
  expect(report).toMatchObject({
    event: 'trial',
    dryRun: true,
    counts: { mails: 1, files: 1, 'entrant in the office': 1 },
  })
  expect(report.counts['documents of log']).toBeGreaterThanOrEqual(5)
  await expect(forget('--event', 'trial')).rejects.toThrow('--confirm')
  await expect(forget('--event', 'trial', '--confirm', 'trail')).rejects.toThrow('--confirm')
  await expect(forget('--event', 'nothing', '--confirm', 'nothing')).rejects.toThrow('ZK-PLAN-004')
  await zekken.start()
  await expect(forget('--event', 'trial', '--confirm', 'trial')).rejects.toThrow('stop it first')
  await zekken.stop()
  for (const [what, needle] of needles) expect([what, (await holding(needle)).length > 0]).toEqual([what, true])
}, 120_000)

test('[FG2] forgotten, no file of the data folder holds a name, an address or a byte of a photo; another event is whole', async () => {
  const report = await forget('--event', 'trial', '--confirm', 'trial')
  expect(report).toMatchObject({ dryRun: false, by: 'command', counts: { mails: 1, files: 1 }, previous: '' })
  for (const [what, needle] of needles) expect([what, await holding(needle)]).toEqual([what, []])
  // What stays is found, so what is not found is gone.
  expect(await holding(otherAddress)).not.toEqual([])
  await withData(async (couch) => {
    const office = couch.database(officeName)
    expect((await couch.names()).filter((name) => name.startsWith('zk-trial'))).toEqual([])
    expect(await couch.database(databaseName('other', 'desk')).get('event')).not.toBeNull()
    const left = await office.all({ includeDocs: true })
    expect(left.filter(({ id, doc }) => id !== 'generation' && doc?.event === 'trial')).toEqual([])
    expect(left.map(({ id }) => id)).not.toContain('event:trial')
    const device = await office.get('device:sharedphone')
    expect(device).toMatchObject({ event: 'other', grants: [{ account: 'jiro', event: 'other' }] })
    const [line] = left.filter(({ doc }) => doc?.action === 'event-forgotten')
    expect(line?.doc).toMatchObject({ about: 'trial', details: { digest: report.digest, previous: '' } })
  })
  const [kept] = await readdir(join(zekken.dataDir, 'forgotten'))
  const text = await readFile(join(zekken.dataDir, 'forgotten', kept ?? ''), 'utf8')
  expect(JSON.parse(text)).toEqual(report)
}, 120_000)

const tokenOf = async (role: Role) => {
  const subject = { account: 'hanako', session: 'test', device: 'testdevice', event: 'other', role, teams: [] }
  const keys = await loadKeys({ folder: join(zekken.dataDir, 'keys') })
  return (await issueAccessToken(keys, subject, { nowMs: Date.now() })).accessToken
}
async function ask(method: string, path: string, body?: object, role: Role = 'admin') {
  const headers = { authorization: `Bearer ${await tokenOf(role)}`, 'content-type': 'application/json' }
  const answer = await fetch(zekken.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  const json = (await answer.json()) as Record<string, unknown> & { error?: { code: string; figures?: object } }
  return { status: answer.status, json, code: json.error?.code }
}
const root = '/api/events/other'

test('[FG4] nothing goes by itself before its date, without the code, for another date than the plan’s, or by others than admins', async () => {
  await zekken.start()
  const { json: plan } = await ask('GET', `${root}/plan`)
  const soon = Date.now() + 86_400_000
  const early = await ask('PUT', `${root}/plan/event`, { ...(plan.event as object), retention: 1 })
  expect([early.status, early.code]).toEqual([400, 'ZK-PLAN-002'])
  expect((await ask('POST', `${root}/forgetting`, { code: 'other', retention: soon })).code).toBe('ZK-PLAN-001')
  const saved = await ask('PUT', `${root}/plan/event`, { ...(plan.event as object), retention: soon })
  expect(saved.status).toBe(200)
  expect((await ask('GET', `${root}/retention`, undefined, 'judge')).json).toEqual({ retention: soon, state: 'soon' })
  const page = await ask('GET', `${root}/forgetting`)
  expect(page.json).toMatchObject({ retention: soon, agreed: null, preview: { 'entrant in the office': 1, files: 1 } })
  expect((await ask('POST', `${root}/forgetting`, { code: 'othr', retention: soon })).code).toBe('ZK-PLAN-002')
  for (const role of ['judge', 'core', 'staff'] as const) {
    expect((await ask('POST', `${root}/forgetting`, { code: 'other', retention: soon }, role)).status).toBe(403)
  }
  const agreed = await ask('POST', `${root}/forgetting`, { code: 'other', retention: soon })
  expect(agreed.json).toMatchObject({ agreed: { by: 'hanako' } })
  expect((await ask('DELETE', `${root}/forgetting`)).json).toMatchObject({ agreed: null })
  await ask('POST', `${root}/forgetting`, { code: 'other', retention: soon })
  // Another date is another agreement.
  const moved = { ...(saved.json as object), retention: soon + 1 }
  expect((await ask('PUT', `${root}/plan/event`, moved)).status).toBe(200)
  expect((await ask('GET', `${root}/retention`)).json).toEqual({ retention: soon + 1, state: 'soon' })
  const { json } = await ask('GET', `${root}/audit`)
  const actions = (json.audit as { action: string }[]).map(({ action }) => action)
  expect(actions).toEqual(expect.arrayContaining(['forget-agreed', 'forget-withdrawn']))
}, 120_000)

test('[FG5] agreed to and past its date, a running server forgets the event, tells whoever comes, and keeps the proof', async () => {
  const { json: plan } = await ask('GET', `${root}/plan`)
  const past = Date.now() - 1000
  const ended = { ...(plan.event as object), startsAt: 1, endsAt: 2, retention: past }
  expect((await ask('PUT', `${root}/plan/event`, ended)).status).toBe(200)
  await ask('POST', `${root}/forgetting`, { code: 'other', retention: past })
  const proof = async () => (await (await fetch(`${zekken.url}/api/forgotten/other`)).json()) as ForgottenAnswer
  await vi.waitFor(async () => expect(await proof()).toMatchObject({ done: true }), { timeout: 40_000, interval: 200 })
  expect((await proof()).report).toMatchObject({ event: 'other', counts: { 'entrant in the office': 1, files: 1 } })
  expect(JSON.stringify(await proof())).not.toContain('hanako')
  // It still runs: what was replaced and deleted is out of its files nevertheless.
  expect(await holding(otherAddress)).toEqual([])
  const told = [
    await ask('GET', `${root}/overview`),
    await ask('POST', '/api/devices/heartbeat', {}),
    await ask('POST', '/api/login/refresh', { event: 'other' }),
    await ask('GET', `${root}/entry-form`),
  ]
  const keys = createLocalJWKSet((await (await fetch(`${zekken.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet)
  for (const { status, json, code } of told) {
    expect([status, code]).toEqual([410, 'ZK-AUTH-009'])
    const { payload } = await compactVerify(
      String((json.error?.figures as { order?: unknown } | undefined)?.order),
      keys,
    )
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({ event: 'other', order: 'forget' })
  }
  await zekken.stop()
  await withData(async (couch) => {
    expect((await couch.names()).filter((name) => name.startsWith('zk-other'))).toEqual([])
    const left = await couch.database(officeName).all({ includeDocs: true })
    expect(left.filter(({ doc }) => doc?.event === 'other')).toEqual([])
    const lines = left.flatMap(({ doc }) => (doc?.action === 'event-forgotten' ? [doc] : []))
    const { report } = forgottenSchema.parse(left.find(({ id }) => id === 'forgotten:other')?.doc)
    expect(lines.at(-1)).toMatchObject({
      about: 'other',
      details: { digest: report?.digest, agreed: { by: 'hanako' } },
    })
    expect(report?.previous).toMatch(/^[0-9a-f]{64}$/)
    const { _id, _rev, type, event, ...draft } = eventSchema.parse(plan.event)
    await expect(createEvent(couch, draft, { now: Date.now })).rejects.toThrow('ZK-PLAN-005')
  })
  expect((await readdir(join(zekken.dataDir, 'forgotten'))).length).toBe(2)
}, 120_000)
