import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { databaseName, office as officeName } from '../../design-docs/databases.ts'
import type { Fact } from '../../design-docs/facts.ts'
import type { ForgetReport, TeamForgettingPage } from '../../design-docs/forgetting.ts'
import { verifyChain } from '../../sync-server/audit/verify-chain.ts'
import { readConfig } from '../../sync-server/config.ts'
import type { Couch, CouchDoc } from '../../sync-server/couch/client.ts'
import { openCouch } from '../../sync-server/couch/open-couch.ts'
import { folderStorage } from '../../sync-server/images/folder-storage.ts'
import { writeAudit } from '../../sync-server/login/office.ts'
import { openMailbox } from '../../sync-server/post/mailbox.ts'
import { factMaker } from '../rules/make-facts.ts'
import { drawPhoto } from '../support/draw-photo.ts'
import { type OwnZekken, startZekken } from '../support/start-zekken.ts'

/** LevelDB packs what repeats; what it has never seen it leaves as it is, so that a search of its files finds it. */
const rare = () => randomBytes(15).toString('base64')
const address = `${rare()}@example.org`
const otherAddress = `${rare()}@example.org`
const said = {
  team: rare(),
  member: rare(),
  note: rare(),
  chat: rare(),
  reply: rare(),
  corrected: rare(),
  refused: rare(),
}
const draft = '01J8Z0000000000000000000A0'
const messageId = `<${'ab'.repeat(20)}@example.org>`
const pictureMarks = new Map<string, Uint8Array>()
const preview = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(3000)])
const members = [{ id: 'm1', name: said.member, kana: 'タカサキ\u3000ミサキ', age: 40 }]
let zekken: OwnZekken

beforeAll(async () => {
  // What is looked for in files is looked for in those of the embedded database; another one keeps its own elsewhere.
  vi.stubEnv('COUCHDB_URL', undefined)
  const classIds = ['three']
  zekken = await startZekken({
    teams: [
      { team: '101', name: said.team, classIds, members },
      { team: '102', name: 'O’Brien', classIds, members: [{ id: 'm1', name: '𠮷田\u3000健' }] },
      { team: '103', name: '川原町探検隊', classIds, members: [] },
    ],
  })
  await zekken.stop()
  for (const seed of ['own', 'shared']) pictureMarks.set(seed, await drawPhoto({ seed, width: 900 }))
  await withData(addPeople)
  await zekken.start()
}, 120_000)
afterAll(async () => {
  await zekken?.end()
  vi.unstubAllEnvs()
})

async function withData<T>(work: (couch: Couch) => Promise<T>): Promise<T> {
  const { couch, close } = await openCouch(readConfig({ DATA_DIR: zekken.dataDir, DURABILITY: 'process' }))
  return await work(couch).finally(close)
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const storage = () => folderStorage({ folder: join(zekken.dataDir, 'files') })

/** What a team leaves behind during a day: in the log, the desk, the office, storage and the mailbox. */
async function addPeople(couch: Couch): Promise<void> {
  const office = couch.database(officeName)
  const facts: CouchDoc[] = []
  const makers = new Map<string, ReturnType<typeof factMaker>>()
  const of = (team: string) => {
    const maker = makers.get(team) ?? factMaker(team)
    makers.set(team, maker)
    const add = <T extends Fact>(fact: T): T => {
      facts.push({ ...fact, event: 'trial' } as unknown as CouchDoc)
      return fact
    }
    return { maker, add }
  }
  const now = Date.now()
  for (const team of ['101', '102', '103']) {
    const { maker, add } = of(team)
    add(maker.scanned('34', now - 60_000 * Number(team), { verified: true }))
    add(maker.scanned('G', now - 1000 * Number(team), { verified: true }))
  }
  const { maker, add } = of('101')
  const checkin = add(
    maker.recorded('18', now - 50_000_000, { position: { lat: 35.4378, lng: 136.7755, accuracyMeters: 5 } }),
  )
  add(maker.review(checkin, 'APPROVED', { at: now - 5000, comment: said.note }))
  add(maker.make('adjustment', { at: now, points: 7, reason: said.note, as: 'judge' }))
  add(maker.make('reception', { at: now, arrived: ['m1'], feePaid: true, note: said.note }))
  add(maker.make('chat', { at: now, kind: 'question', text: said.chat, as: 'participant' }))
  add(maker.make('chat', { at: now, kind: 'answer', text: said.reply, as: 'core' }))
  add(maker.make('correction', { at: now, field: 'kana', was: '', is: said.corrected }))
  for (const seed of ['own', 'shared']) {
    const bytes = pictureMarks.get(seed) ?? new Uint8Array()
    await storage().put(`trial/original/${sha256(bytes)}`, bytes)
    for (const team of seed === 'own' ? ['101'] : ['101', '102']) {
      const other = of(team)
      const photo = {
        ...other.maker.photo(null),
        _id: `${team}:photo:01J8Z0000000000000000000${seed === 'own' ? 'A' : 'B'}0`,
      }
      const { _attachments, ...record } = { ...photo, sha256: sha256(bytes), bytes: bytes.length }
      const attachment = { preview: { content_type: 'image/jpeg', data: preview.toString('base64') } }
      facts.push({
        ...record,
        event: 'trial',
        ...(team === '101' && { _attachments: attachment }),
      } as unknown as CouchDoc)
      const stored = { photo: photo._id, storageKey: `trial/original/${sha256(bytes)}`, type: 'original' }
      facts.push({ ...record, ...stored, _id: photo._id.replace('photo', 'original') } as unknown as CouchDoc)
    }
  }
  const failed = (await couch.database(databaseName('trial', 'log')).bulk(facts)).filter(({ error }) => error)
  expect(failed).toEqual([])
  const entry = { name: said.team, classIds: ['three'], members: [], answers: {}, memberAnswers: {}, consents: [] }
  const base = { language: 'ja', wantsCopy: false, enteredAt: 1, changedAt: 1, version: 1 }
  const mail = { kind: 'reply', occasion: 'entered', queuedAt: 1, tries: 1, sentAt: 1 }
  const person = { account: 'team-trial-101', name: said.team, event: 'trial', role: 'participant', teams: ['101'] }
  const times = { createdAt: 1, lastUsedAt: 1, expiresAt: now + 1e9 }
  const docs = [
    {
      _id: `entrant:trial:${draft}`,
      type: 'entrant',
      event: 'trial',
      number: '101',
      draft,
      ...base,
      entry: { ...entry, mail: address },
    },
    {
      _id: `entrant:trial:${draft}x`,
      type: 'entrant',
      event: 'trial',
      number: '102',
      draft: `${draft}x`,
      ...base,
      entry: { ...entry, name: 'x', mail: otherAddress },
    },
    { _id: 'sent:r1', type: 'sent', key: 'r1', event: 'trial', draft, ...mail, messageId },
    { _id: 'account:team-trial-101', type: 'account', ...person, createdAt: 1 },
    { _id: 'session:abc', type: 'session', ...person, device: 'teamphone1', ...times, secrets: [] },
    {
      _id: 'device:teamphone1',
      type: 'device',
      device: 'teamphone1',
      name: said.member,
      app: 'participant',
      event: 'trial',
      createdAt: 1,
      grants: [{ account: person.account, as: 'participant', event: 'trial', teams: ['101'], since: 1 }],
    },
    {
      _id: 'refused:teamphone1:x',
      type: 'refused',
      event: 'trial',
      device: 'teamphone1',
      account: 'x',
      factId: '101:help:x',
      code: 'ZK-FACT-001',
      text: said.refused,
      firstAt: 1,
      at: 1,
      times: 1,
    },
  ]
  expect((await office.bulk(docs)).filter(({ error }) => error)).toEqual([])
  await writeAudit(office, now, {
    by: 'hanako',
    event: 'trial',
    action: 'decided',
    about: '101:correction:x',
    was: { kana: said.corrected },
  })
  await writeAudit(office, now, {
    by: 'hanako',
    event: 'trial',
    action: 'decided',
    about: '102:correction:x',
    was: { kana: otherAddress },
  })
  await openMailbox(join(zekken.dataDir, 'mailbox')).send({
    messageId,
    from: { name: 'zekken', address: 'office@example.org' },
    to: address,
    subject: 'received',
    text: said.team,
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
      const isFile = await stat(path).then(
        (one) => one.isFile(),
        () => false,
      )
      if (!isFile) return []
      const bytes = await readFile(path)
      return halves.some((half) => bytes.includes(half)) ? [name] : []
    }),
  )
  return found.flat()
}
const needles = (): [string, Buffer | string][] => [
  ['the mail address', address.slice(0, 20)],
  ['the preview', preview.subarray(1000, 1060)],
  ['the original', Buffer.from(pictureMarks.get('own') ?? []).subarray(-400, -340)],
  ...Object.entries(said),
]

type TeamAnswer = { card: object; team: object }
const teamPage = (team: string) => zekken.get(`/api/events/trial/teams/${team}`) as Promise<TeamAnswer>
async function rankings() {
  const { ranking } = (await zekken.get('/api/events/trial/rankings/three')) as {
    ranking: { rows: { team: string }[] }
  }
  return ranking.rows
}
const path = '/api/events/trial/teams/101/forgetting'
const page = () => zekken.get(path) as Promise<TeamForgettingPage>
const sweep = () => zekken.post('/api/operations/sweep', {}, 'server')

let before: { rows: { team: string }[]; others: TeamAnswer[]; own: TeamAnswer }
test('[FT7] before anybody agrees it is shown what would go; nothing goes without the number, or by others than admins', async () => {
  await vi.waitFor(
    async () => {
      const { version } = (await withImage('101', 'A')) ?? { version: 0 }
      expect(version).toBe(1)
    },
    { timeout: 60_000, interval: 300 },
  )
  expect(await sweep()).toEqual({ differences: [], filesLeftOver: [] })
  const cards = await Promise.all(['102', '103'].map(teamPage))
  before = { rows: await rankings(), others: cards, own: await teamPage('101') }
  expect(before.rows.map(({ team }) => team).sort()).toEqual(['101', '102', '103'])
  await zekken.post('/api/events/trial/snapshots', { name: 'noon', occasion: 'hand' })
  for (const [what, needle] of needles()) expect([what, (await holding(needle)).length > 0]).toEqual([what, true])
  const shown = await page()
  expect(shown).toMatchObject({ standing: null, report: null })
  expect(shown.preview).toMatchObject({ mails: 1, 'entrant in the office': 1, 'sent in the office': 1 })
  expect(shown.preview?.['documents of log']).toBeGreaterThanOrEqual(9)
  await expect(zekken.post(path, { number: '102' })).rejects.toThrow('ZK-PLAN-002')
  for (const role of ['judge', 'core', 'staff'] as const)
    await expect(zekken.post(path, { number: '101' }, role)).rejects.toThrow('403')
  await expect(zekken.get('/api/events/trial/teams/999/forgetting')).rejects.toThrow('ZK-PLAN-004')
  expect(await page()).toMatchObject({ standing: null })
}, 120_000)

async function withImage(team: string, tail: string) {
  const files = await storage().list(`trial/picture/${team}:photo:01J8Z0000000000000000000${tail}0/`)
  return files.length > 0 ? { version: 1 } : null
}

test('[FT8] forgotten while the server runs, no file holds a word, a name or a picture of the team; places, points and other teams are as they were', async () => {
  await zekken.post(path, { number: '101' })
  await zekken.post(path, { number: '101' })
  await vi.waitFor(async () => expect((await page()).standing).toMatchObject({ state: 'done' }), {
    timeout: 90_000,
    interval: 300,
  })
  for (const [what, needle] of needles()) expect([what, await holding(needle)]).toEqual([what, []])
  expect(await holding(otherAddress)).not.toEqual([])
  const nameless = before.rows.map((row) => (row.team === '101' ? { ...row, name: '101' } : row))
  expect(await rankings()).toEqual(nameless)
  expect(await Promise.all(['102', '103'].map(teamPage))).toEqual(before.others)
  expect((await teamPage('101')).team).toMatchObject({ name: '101', members: [{ id: 'm1', name: '—' }] })
  expect(await sweep()).toEqual({ differences: [], filesLeftOver: [] })
  // What another team sent too is theirs.
  const both = pictureMarks.get('shared') ?? new Uint8Array()
  expect(await storage().has(`trial/original/${sha256(both)}`)).toBe(true)
  expect([await withImage('101', 'A'), await withImage('101', 'B')]).toEqual([null, null])
  expect(await withImage('102', 'B')).not.toBeNull()
}, 150_000)

test('[FT9] the proof says what went and when, without a name, and hangs in the log, whose chain holds', async () => {
  const { report, standing } = await page()
  expect(report).toMatchObject({ event: 'trial', team: '101', dryRun: false, by: 'test', counts: { mails: 1 } })
  expect(report?.digest).toMatch(/^[0-9a-f]{64}$/)
  expect(standing).toMatchObject({ by: 'test', late: 0 })
  const kept = await readdir(join(zekken.dataDir, 'forgotten'))
  const file = await readFile(join(zekken.dataDir, 'forgotten', kept[0] ?? ''), 'utf8')
  expect(JSON.parse(file)).toEqual(report)
  await zekken.stop()
  await withData(async (couch) => {
    const office = couch.database(officeName)
    expect(await verifyChain(office)).toMatchObject({ broken: null, forgotten: 1 })
    const lines = (await office.all({ startkey: 'audit:', endkey: 'audit;', includeDocs: true })).map(({ doc }) => doc)
    expect(lines.filter((line) => line?.action === 'team-forget-agreed')).toHaveLength(1)
    expect(lines.filter((line) => line?.action === 'team-forgotten')).toMatchObject([
      { about: '101', by: 'test', details: { digest: report?.digest } },
    ])
    expect(await office.get('session:abc')).toMatchObject({ name: '101', ended: { why: 'forgotten' } })
    expect(await office.get('account:team-trial-101')).toBeNull()
    // Replayed from nothing, functions find nothing to change.
    const snapshot = (
      await couch.database('zk-trial-desk').all({ startkey: 'snapshot:', endkey: 'snapshot;', includeDocs: true })
    )[0]
    expect(JSON.stringify(snapshot?.doc)).toContain('["101","101",')
  })
}, 60_000)

const run = promisify(execFile)
const forget = async (...words: string[]) => {
  const env = { ...process.env, DATA_DIR: zekken.dataDir, PORT: new URL(zekken.url).port, DURABILITY: 'process' }
  const { stdout } = await run(process.execPath, ['sync-server/operations/forget.ts', ...words], { env })
  return JSON.parse(stdout) as ForgetReport
}

test('[FT10] the command does the same without a server, and names the proof before', async () => {
  const one = ['--event', 'trial', '--team', '103']
  await expect(forget(...one, '--confirm', 'trial')).rejects.toThrow('--confirm')
  expect(await forget(...one, '--dry-run')).toMatchObject({ dryRun: true, counts: { 'documents of log': 1 } })
  const report = await forget(...one, '--confirm', '103')
  expect(report).toMatchObject({ team: '103', by: 'command', dryRun: false })
  expect(report.previous).toMatch(/^[0-9a-f]{64}$/)
  await withData(async (couch) => {
    expect(await couch.database('zk-trial-desk').get('card:103')).toMatchObject({ name: '103' })
    expect(await couch.database('zk-trial-roster').get('card:103')).toMatchObject({ name: '103' })
  })
}, 120_000)
