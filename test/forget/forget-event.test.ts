import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { databaseName, office as officeName } from '../../design-docs/databases.ts'
import { readConfig } from '../../sync-server/config.ts'
import type { Couch } from '../../sync-server/couch/client.ts'
import { openCouch } from '../../sync-server/couch/open-couch.ts'
import type { ForgetReport } from '../../sync-server/forget/forget-event.ts'
import { folderStorage } from '../../sync-server/images/folder-storage.ts'
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
afterAll(() => zekken?.end())

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
  const files = await readdir(zekken.dataDir, { recursive: true })
  const found = await Promise.all(
    files.map(async (name) => {
      const path = join(zekken.dataDir, name)
      return (await stat(path)).isFile() && (await readFile(path)).includes(needle) ? [name] : []
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

test('[FG3] the next event that is forgotten names the report before it, and the server starts as before', async () => {
  const report = await forget('--event', 'other', '--confirm', 'other')
  expect(report.previous).toMatch(/^[0-9a-f]{64}$/)
  expect(await holding(otherAddress)).toEqual([])
  await zekken.start()
  expect((await fetch(`${zekken.url}/db/`)).status).toBe(200)
}, 120_000)
