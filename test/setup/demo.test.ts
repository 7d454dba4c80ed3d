import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import type { Card, ImageDoc, MessageDoc, NoticeDoc, ThreadDoc, Verdict } from '../../design-docs/derived.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { factId, ulid } from '../../design-docs/ids.ts'
import { contact } from '../../design-docs/office.ts'
import type { MapPage } from '../../design-docs/pages.ts'
import type { TallyDoc } from '../../design-docs/surveys.ts'
import { readConfig } from '../../sync-server/config.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { demoCheckpoints, demoEvent, demoTeams } from '../../sync-server/operations/demo/make-demo.ts'
import { addTeams } from '../../sync-server/setup/add-teams.ts'
import { addCheckpoints, createEvent } from '../../sync-server/setup/create-event.ts'
import { firstSteps } from '../../sync-server/setup/first-steps.ts'
import { serverClaim } from '../../sync-server/setup/server-claim.ts'
import { type RunningServer, startServer } from '../../sync-server/start-server.ts'

/** Those with something special about them: clocks, retirements, an unpaid fee, one that never comes; and some others. */
const players = [0, 1, 2, 3, 4, 7, 13, 17, 22, 31].map((index) => String(101 + index))
const setOutBefore = demoTeams().filter(({ team }) => !players.includes(team))

let folder: string
let server: RunningServer
let said = ''
let cards: Card[]
let verdicts: Verdict[]
const desk = <T>(prefix: string) => docsOf<T>('desk', prefix)
async function docsOf<T>(kind: 'desk' | 'log', prefix = ''): Promise<T[]> {
  const range = { startkey: prefix, endkey: `${prefix}\ufff0`, includeDocs: true }
  const rows = await server.it.couch.database(databaseName('demo', kind)).all(range)
  return rows.flatMap(({ doc }) => (doc ? [doc as unknown as T] : []))
}

// A demo that was broken off when all but these had set out, so that the rest of the day is quickly played.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zekken-demo-'))
  const env = { DATA_DIR: folder, PORT: '0', DURABILITY: 'process', LOG_LEVEL: 'error' }
  server = await startServer(readConfig(env), env)
  const { couch } = server.it
  const event = demoEvent(Date.now())
  await createEvent(couch, event, { now: Date.now })
  await addCheckpoints(couch, 'demo', demoCheckpoints())
  await addTeams(couch, 'demo', { entries: demoTeams(), now: () => event.startsAt - 86_400_000 })
  const receptions = setOutBefore.map(({ team }) => ({
    _id: factId(team, 'reception', ulid(event.startsAt, new Uint8Array(10))),
    type: 'reception',
    team,
    arrived: [],
    feePaid: true,
    ...serverClaim('demo', event.startsAt - 1),
  }))
  await couch.database(databaseName('demo', 'log')).bulk(receptions)
  await firstSteps(server, readConfig({ ...env, DEMO: 'on' }), (text) => {
    said += text
  })
  await server.runner?.drain()
  cards = await desk<Card>('card:')
  verdicts = await desk<Verdict>('verdict:')
}, 240_000)
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('the demo event', () => {
  test('[DM1] has sixty teams with Japanese names of their own', () => {
    expect(new Set(cards.map(({ name }) => name)).size).toBe(60)
    expect(
      cards.filter(({ name }) => /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]/u.test(name)),
    ).toHaveLength(60)
  })

  test('[DM2] broken off it is played to its end, through the product’s own doors, and none of it is refused', async () => {
    expect(said).toMatch(/recorded: [1-9]\d+ records, 0 refused/)
    const facts = await docsOf<Fact>('log')
    const played = facts.filter(({ by }) => by !== undefined && by !== 'server')
    expect(new Set(played.flatMap(({ team }) => team ?? []))).toEqual(new Set(players.filter((team) => team !== '132')))
    const arrived = new Set(facts.flatMap((fact) => (fact.type === 'arrival' ? fact.facts : [])))
    expect(played.filter(({ _id }) => !arrived.has(_id))).toEqual([])
  })

  test('[DM3] shows what a day brings: points, check-ins too far and twice, someone who retired', () => {
    const reasons = new Set(verdicts.flatMap((verdict) => verdict.reasons))
    for (const reason of ['ok', 'too-far', 'duplicate'] as const) expect(reasons).toContain(reason)
    expect(cards.some(({ points }) => points.net > 0)).toBe(true)
    expect(cards.filter(({ retired }) => retired)).toHaveLength(1)
  })

  test('[DM9] has a team that asked and was answered, and one that still waits', async () => {
    const threads = await desk<ThreadDoc>('thread:')
    expect(threads.map(({ team, unread, unansweredSince }) => [team, unread, unansweredSince !== null])).toEqual([
      ['103', 1, true],
      ['105', 1, true],
    ])
    expect(threads[0]?.assignee).toBe(threads[0]?.handling[0]?.by)
    expect((await desk<MessageDoc>('message:103')).map(({ kind, readAt }) => [kind, readAt !== undefined])).toEqual([
      ['text', true],
      ['answer', true],
      ['text', false],
    ])
  })

  test('[DM8] has told everyone what they must know, once, and staff what is theirs', async () => {
    const notices = await desk<NoticeDoc>('notice:')
    expect(notices.map(({ urgent, audience }) => [urgent, audience.roles?.length])).toEqual([
      [false, undefined],
      [true, undefined],
      [false, 5],
    ])
  })

  test('[DM9] has a schedule, a map with its drawing and a guide on every phone, and a survey that some have answered', async () => {
    const { couch } = server.it
    const board = couch.database(databaseName('demo', 'board'))
    const pages = await board.all({ startkey: 'page:', endkey: 'page;', includeDocs: true })
    expect(pages.map(({ id }) => id)).toEqual(['page:guide', 'page:map', 'page:schedule'])
    const { picture } = (pages[1]?.doc ?? {}) as Partial<MapPage>
    expect((await board.attachment('page:map', picture?.name ?? ''))?.length).toBe(picture?.bytes)
    const [tally] = await desk<TallyDoc>('tally:')
    expect(tally?.answered).toBeGreaterThan(0)
  })

  test('[DM4] photos were drawn, sent in pieces, and made into pictures', async () => {
    const images = await desk<ImageDoc>('image:')
    expect(images.length).toBeGreaterThan(20)
    expect(images.filter(({ version }) => version === 0)).toEqual([])
  })

  test('[DM5] its phones say how they are, one of them an hour ahead', async () => {
    const contacts = await readDocs(server.it.office, 'contact', contact)
    expect(contacts.map(({ clockOffsetMs }) => Math.round((clockOffsetMs ?? 0) / 3_600_000))).toContain(-1)
    expect(contacts.every(({ unsent, refused }) => unsent === 0 && refused === 0)).toBe(true)
  })

  test('[DM7] a phone 42 minutes ahead that never met the server is seen: judges get what was recorded before it was opened anew', () => {
    const own = verdicts.filter(({ team, checkpoint }) => team === '114' && checkpoint !== 'S' && checkpoint !== 'G')
    const doubted = own.filter(({ reasons }) => reasons.includes('clock-skew'))
    const minutesOff = doubted.map(({ figures }) => Math.round((figures.skewMs ?? 0) / 60_000))
    expect(doubted.length).toBeGreaterThan(0)
    expect(new Set(doubted.map(({ status }) => status))).toEqual(new Set(['PENDING']))
    expect(new Set(minutesOff)).toEqual(new Set([-42]))
    const corrected = own.filter(({ figures }) => Math.round((figures.correctedMs ?? 0) / 60_000) === -42)
    expect(corrected.length).toBeGreaterThan(0)
    expect(corrected.filter(({ reasons }) => reasons.includes('clock-skew'))).toEqual([])
  })

  test('[DM6] at the next start everything is as it was: no event, key, database or document is made or written anew', async () => {
    const before = await standing()
    await server.stop()
    const env = { DATA_DIR: folder, PORT: '0', DURABILITY: 'process', LOG_LEVEL: 'error', DEMO: 'on' }
    server = await startServer(readConfig(env), env)
    let says = ''
    await firstSteps(server, readConfig(env), (text) => {
      says += text
    })
    await server.runner?.drain()
    expect(says).toContain('zekken is running')
    expect(says).not.toContain('is being played')
    expect(await standing()).toEqual(before)
  })
})

/** Every document's revision and every key; of the office what is no matter of single starts. */
async function standing(): Promise<string[]> {
  const { couch, generation } = server.it
  const names = (await couch.names()).filter((name) => name.startsWith('zk-')).sort()
  expect(names.length).toBeGreaterThan(60)
  const perStart = /^(?:invitation|account|audit|position|code|code-use):/
  const rows = await Promise.all(
    names.map(async (name) => {
      const own = (await couch.database(name).all()).filter(({ id }) => name !== 'zk-office' || !perStart.test(id))
      return own.map(({ id, rev }) => `${name} ${id} ${rev}`)
    }),
  )
  const keys = await readdir(join(folder, 'keys'))
  const texts = await Promise.all(keys.sort().map((key) => readFile(join(folder, 'keys', key), 'base64')))
  return [generation, ...texts, ...rows.flat()]
}
