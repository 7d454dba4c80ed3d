import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Evidence, PlanEffect, PlanPage, TeamPage } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { ImageDoc } from '../../design-docs/derived.ts'
import type { DoubleRow, OutPage, ProtestPage, ReviewCounts, UnseenPage } from '../../design-docs/disputes.ts'
import type { PhotoFact } from '../../design-docs/facts.ts'
import { imageId, ulid } from '../../design-docs/ids.ts'
import type { RankingPage } from '../../design-docs/rankings.ts'
import { drawn } from '../functions/scenario.ts'
import { type Console, openConsole } from '../results/open-console.ts'
import { atMinute, checkpointDocs, eventDoc, factMaker, north } from '../rules/make-facts.ts'

const root = '/events/demo'
let made = 0
const newId = () =>
  ulid(
    Date.now(),
    Uint8Array.from({ length: 10 }, () => ++made),
  )
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const places = new Map(checkpointDocs().map((one) => [one.number, one]))

let console: Console
const [one, other, away] = [factMaker('12'), factMaker('13'), factMaker('14')]
const at = (number: string) => ({ position: { ...north(places.get(number)!, 3), accuracyMeters: 5 } })
const wrong = one.recorded('1', atMinute(30), { ...at('2'), membersPresent: ['m1'] })
let film: Buffer
let photo: PhotoFact

beforeAll(async () => {
  console = await openConsole()
  film = await drawn(400, 300, 'teal')
  const preview = (await drawn(150, 105, 'teal')).toString('base64')
  photo = {
    ...one.photo(wrong, { sha256: sha(film), bytes: film.length, pieces: [sha(film)], pieceBytes: 1_048_576 }),
    _attachments: { preview: { content_type: 'image/jpeg', data: preview } } as never,
  }
  await console.write(
    one.entry({ name: 'Twelve' }),
    wrong,
    photo,
    one.scanned('3', atMinute(60)),
    one.scanned('GO', atMinute(190)),
    other.entry({ name: 'Thirteen' }),
    other.scanned('2', atMinute(40)),
    other.scanned('GO', atMinute(170)),
    away.entry({ name: 'Away' }),
    away.scanned('S1', atMinute(20), { device: 'phoneone1' }),
    away.scanned('5', atMinute(20.5), { device: 'phonetwo2' }),
  )
  await console.settled()
})
afterAll(() => console.close())

const decide = (decision: object, who = console.judge) =>
  who.ask<{ fact: string }>('POST', `${root}/decisions`, { id: newId(), ageMs: 0, ...decision })
const effect = async (...decisions: object[]) =>
  (
    await console.judge.ask<PlanEffect>('POST', `${root}/decisions/effect`, {
      decisions: decisions.map((decision) => ({ id: newId(), ageMs: 0, ...decision })),
    })
  ).body
const standing = async () => {
  const { body } = await console.judge.ask<RankingPage>('GET', `${root}/rankings/a`)
  return Object.fromEntries(body.ranking!.rows.map(({ team, net, place }) => [team, { net, place }]))
}
const team = async (number: string) => (await console.judge.ask<TeamPage>('GET', `${root}/teams/${number}`)).body

describe('before it is saved', () => {
  test.each([
    ['an adjustment', [{ kind: 'adjustment', team: '13', points: 100, reason: 'clue' }]],
    ['a ruling', [{ kind: 'ruling', team: '12', status: 'not-placed', reason: 'guest' }]],
    [
      'a wave that started late',
      ['12', '14'].map((number) => ({ kind: 'timing', team: number, of: 'start', is: atMinute(10), reason: 'bus' })),
    ],
    ['a finish by hand', [{ kind: 'timing', team: '14', of: 'finish', is: atMinute(120), reason: 'no scanner' }]],
    ['a move to another checkpoint', [{ kind: 'move', checkin: wrong._id, to: { checkpoint: '2' }, reason: 'x' }]],
  ])('[DE1] the effect of %s is the one that saving has', async (_, decisions) => {
    const before = await standing()
    const shown = await effect(...decisions)
    expect(shown.blocked).toBe(false)
    expect(await standing()).toEqual(before)
    const facts = []
    for (const decision of decisions) facts.push((await decide(decision)).body.fact)
    await console.settled()
    const after = await standing()
    const moved = Object.keys(after).filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]))
    expect(moved.length).toBeGreaterThan(0)
    for (const key of moved) {
      const row = shown.teams.find((line) => line.team === key)
      expect([key, row?.netBefore, row?.netAfter]).toEqual([key, before[key]?.net, after[key]?.net])
      const place = row?.places.find(({ classId }) => classId === 'a')
      if (before[key]?.place !== after[key]?.place)
        expect(place).toMatchObject({ before: before[key]?.place, after: after[key]?.place })
    }
    const isMove = decisions[0]!.kind === 'move'
    // A move is taken back by another one, since nothing takes back a void.
    if (isMove) await decide({ kind: 'move', checkin: facts[0]!, to: { checkpoint: '1' }, reason: 'back' })
    else for (const fact of facts) await decide({ kind: 'void', fact, reason: 'a trial' })
    await console.settled()
    expect(await standing()).toEqual(before)
  })

  test('[DE2] who may not decide may not try either, and what is no decision is refused', async () => {
    const body = { decisions: [{ id: newId(), ageMs: 0, kind: 'adjustment', team: '13', points: 1, reason: 'r' }] }
    expect((await console.caller('core').ask('POST', `${root}/decisions/effect`, body)).status).toBe(403)
    expect((await console.judge.ask('POST', `${root}/decisions/effect`, { decisions: [] })).status).toBe(400)
  })
})

describe('a check-in that belongs elsewhere', () => {
  const verdictsOf = async (number: string) =>
    (await team(number)).verdicts.map(({ checkpoint, reasons, status }) => `${checkpoint} ${status} ${reasons}`)
  const imagesOf = async (number: string) => {
    const rows = await console.couch
      .database(databaseName('demo', 'desk'))
      .all({ startkey: imageId(''), endkey: 'image;', includeDocs: true })
    return rows.flatMap(({ doc }) => (doc?.team === number ? [doc as unknown as ImageDoc] : []))
  }

  test('[MV1] goes to another checkpoint with its time, evidence and photo; the old one is taken back', async () => {
    const [current] = (await team('12')).verdicts.filter(({ checkpoint }) => checkpoint === '1')
    expect(current?.reasons).toContain('too-far')
    const move = {
      id: newId(),
      ageMs: 0,
      kind: 'move',
      checkin: current!.checkin,
      to: { checkpoint: '2' },
      reason: 'typed',
    }
    const sent = await Promise.all(
      [1, 2].map(() => console.judge.ask<{ fact: string }>('POST', `${root}/decisions`, move)),
    )
    expect(sent.map(({ status }) => status)).toEqual([200, 200])
    await console.settled()
    expect(await verdictsOf('12')).toEqual(['2 AUTO_APPROVED ok', '3 AUTO_APPROVED ok', 'GO AUTO_APPROVED ok'])
    const { body: evidence } = await console.judge.ask<Evidence>('GET', `${root}/review/${sent[0]!.body.fact}`)
    expect(evidence).toMatchObject({ item: { at: wrong.at, as: 'judge' }, membersPresent: ['m1'] })
    expect(evidence.photos).toHaveLength(1)
    expect(evidence.history.map(({ type }) => type)).toEqual(['checkin', 'photo'])
    expect(evidence.history[0]?.says).toMatchObject({ moved: { as: 'participant' } })
  })

  test('[MV2] an original that arrives after the move is found by the photo it has become', async () => {
    const path = `/api/film/${encodeURIComponent(photo._id)}/0`
    const token = await console.token('admin')
    const answer = await console.app.request(path, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(film),
    })
    expect(await answer.json()).toEqual({ stored: true })
    await console.settled()
    const { body: queue } = await console.judge.ask<{ items: { photo?: string; image: { version: number } }[] }>(
      'GET',
      `${root}/review?checkpoint=2&team=12`,
    )
    expect(queue.items[0]?.image).toMatchObject({ version: 1 })
  })

  test('[MV3] to another team it takes the original along that is here; the bib that was read no longer counts', async () => {
    const [current] = (await team('12')).verdicts
    const { body } = await decide({ kind: 'move', checkin: current!.checkin, to: { team: '14' }, reason: 'wrong bib' })
    await console.settled()
    expect((await verdictsOf('14')).at(1)).toBe('5 PENDING too-fast')
    expect((await imagesOf('14')).map(({ version }) => version)).toEqual([1])
    const fact = (await console.log()).find((doc) => doc?._id === body.fact)
    expect(fact).toMatchObject({ team: '14', verified: true, moved: { as: 'participant' } })
    expect(fact).not.toHaveProperty('membersPresent')
  })

  test('[MV4] nowhere, to where it is, what is taken back, and to no team is refused', async () => {
    const [current] = (await team('14')).verdicts.filter(({ checkpoint }) => checkpoint === '2')
    const codes = await Promise.all(
      [
        { checkin: current!.checkin, to: {} },
        { checkin: current!.checkin, to: { checkpoint: '2' } },
        { checkin: current!.checkin, to: { team: '99' } },
        { checkin: wrong._id, to: { checkpoint: '3' } },
      ].map(async (move) => {
        const { body } = await decide({ kind: 'move', reason: 'r', ...move })
        return (body as unknown as { error: { code: string } }).error.code
      }),
    )
    expect(codes).toEqual(['ZK-SYS-004', 'ZK-SYS-004', 'ZK-PLAN-004', 'ZK-JUDGE-001'])
  })
})

describe('what happened to a check-in', () => {
  test('[HI1] is a line each: recorded, decided, taken back; reopened it waits again, and the counts follow', async () => {
    const [current] = (await team('14')).verdicts.filter(({ checkpoint }) => checkpoint === '5')
    const { checkin } = current!
    const { body: first } = await decide({ kind: 'review', checkin, action: 'APPROVED' })
    await console.settled()
    const counts = async () => (await console.judge.ask<ReviewCounts>('GET', `${root}/review-counts`)).body
    const row = async () => (await counts()).checkpoints.find(({ checkpoint }) => checkpoint === '5')
    expect(await row()).toMatchObject({ unjudged: 0, decided: 1 })
    expect((await counts()).judges).toMatchObject([{ account: 'judge', decided: 1, holds: 0 }])
    await decide({ kind: 'void', fact: first.fact, reason: 'reopened' })
    await console.settled()
    const { body } = await console.judge.ask<Evidence>('GET', `${root}/review/${checkin}`)
    expect(body.history.map(({ type, takenBack }) => [type, takenBack])).toEqual([
      ['checkin', false],
      ['review', true],
      ['void', false],
    ])
    await console.judge.ask('POST', `${root}/claims`, { checkin })
    expect(await row()).toMatchObject({ unjudged: 1, decided: 0, oldestUnjudgedAt: atMinute(20.5) })
    expect((await counts()).judges).toMatchObject([{ account: 'judge', holds: 1 }])
  })
})

describe('who is still out', () => {
  const out = async (who = console.admin) => (await who.ask<OutPage>('GET', `${root}/out`)).body

  test('[OU1] overdue teams with last place and time, retirements and calls for help until they are over', async () => {
    const position = { ...north(places.get('3')!, 40), accuracyMeters: 9 }
    const help = other.make('help', { at: atMinute(100), text: 'ankle', position })
    const tired = factMaker('15')
    await console.write(
      help,
      tired.entry({ name: 'Tired' }),
      tired.scanned('1', atMinute(30)),
      tired.make('retire', { at: atMinute(70), reason: 'knee', place: 'hut' }),
    )
    await console.settled()
    const page = await out()
    expect(page.out).toMatchObject([
      {
        team: '14',
        overdueMinutes: expect.any(Number),
        limitAt: atMinute(180),
        lastSeen: { checkpoint: '2', at: wrong.at },
      },
    ])
    expect(page.out[0]!.overdueMinutes).toBeGreaterThan(0)
    expect(page.retired).toMatchObject([{ team: '15', reason: 'knee', place: 'hut', lastSeen: { checkpoint: '1' } }])
    expect(page.help).toMatchObject([
      { team: '13', text: 'ankle', facts: [help._id], near: { checkpoint: '3', meters: 40 } },
    ])
    expect(page.back).toMatchObject({ finished: 2 })
  })

  test('[OU2] all are back once the last has a goal, or somebody said that they are', async () => {
    const { help } = await out()
    for (const fact of help[0]!.facts) await decide({ kind: 'void', fact, reason: 'walked on' })
    await decide({ kind: 'back', team: '15' }, console.caller('core'))
    await decide({ kind: 'timing', team: '14', of: 'finish', is: atMinute(175), reason: 'seen in the hall' })
    await console.settled()
    expect(await out()).toMatchObject({ out: [], retired: [], help: [], back: { finished: 3, retired: 1 } })
  })

  test('[OU5] nobody is lost by a ruling, by a mass start without scans, or by a check-in after giving up', async () => {
    const [ruled, unseen, tired] = [factMaker('31'), factMaker('32'), factMaker('33')]
    await console.write(
      ruled.entry({ name: 'Ruled' }),
      ruled.scanned('1', atMinute(30)),
      ruled.make('ruling', { at: atMinute(60), status: 'disqualified', reason: 'cut', by: 'judge1', as: 'judge' }),
      unseen.entry({ name: 'Unseen' }),
      unseen.make('reception', { at: atMinute(-20), arrived: [], feePaid: true }),
      tired.entry({ name: 'Tired' }),
      tired.make('retire', { at: atMinute(40), reason: 'knee' }),
      tired.recorded('2', atMinute(80)),
    )
    await console.settled()
    const page = await out()
    const listed = page.out.filter(({ team }) => team === '31' || team === '32')
    expect(listed.sort((one, other) => Number(one.team) - Number(other.team))).toMatchObject([
      { team: '31', status: 'disqualified', unseen: false, overdueMinutes: expect.any(Number) },
      { team: '32', status: 'registered', unseen: true, lastSeen: { checkpoint: 'reception' } },
    ])
    for (const { overdueMinutes } of listed) expect(overdueMinutes).toBeGreaterThan(0)
    expect(page.retired).toMatchObject([{ team: '33', lastSeen: { checkpoint: '2' } }])
    for (const team of ['31', '32', '33']) await decide({ kind: 'back', team })
    await console.settled()
    expect(await out()).toMatchObject({ out: [], retired: [], back: { finished: 3, retired: 4 } })
  })

  test('[OU3] telephone numbers are for admins alone', async () => {
    await console.installation.office.put({
      _id: `entrant:demo:${newId()}`,
      type: 'entrant',
      event: 'demo',
      draft: newId(),
      number: '16',
      version: 1,
      entry: {
        name: 'Late',
        classIds: ['a'],
        members: [],
        mail: 'a@example.org',
        phone: '090-0000-0000',
        answers: {},
        memberAnswers: {},
        consents: [],
      },
      language: 'ja',
      wantsCopy: false,
      enteredAt: 1,
      changedAt: 1,
    })
    const late = factMaker('16')
    await console.write(late.entry({ name: 'Late' }), late.scanned('1', atMinute(30)))
    await console.settled()
    expect(await out()).toMatchObject({ phones: true, out: [{ team: '16', phone: '090-0000-0000' }] })
    for (const role of ['judge', 'core'] as const) {
      const text = JSON.stringify(await out(console.caller(role)))
      expect(text).not.toContain('0000-0000')
      expect(text).toContain('"phones":false')
    }
  })
})

test('[DS4] double scans are listed with both devices, and as a table', async () => {
  const { body } = await console.judge.ask<{ rows: DoubleRow[] }>('GET', `${root}/double-scans`)
  expect(body.rows[0]).toMatchObject({
    kind: 'at-once',
    team: '14',
    first: { checkpoint: 'S1', device: 'phoneone1' },
    second: { checkpoint: '5', device: 'phonetwo2' },
    apartMs: 30_000,
  })
  const csv = await console.judge.ask<string>('GET', `${root}/double-scans.csv`)
  expect(csv.body).toContain('"Two places at once","14","Away","30"')
  expect((await console.caller('core').ask('GET', `${root}/double-scans`)).status).toBe(403)
})

test('[PT1] questions are protests with their state; one that comes after the window is late', async () => {
  const { event } = (await console.admin.ask<PlanPage>('GET', `${root}/plan`)).body
  const until = Date.now() - 60_000
  expect((await console.admin.ask('PUT', `${root}/plan/event`, { ...event, protestUntil: until })).status).toBe(200)
  const board = console.couch.database(databaseName('demo', 'board'))
  const [current] = (await team('14')).verdicts
  const asTeam = { as: 'participant', by: 'p14', kind: 'question' } as const
  const asked = away.make('chat', { at: until - 1, text: 'Why?', about: current!.checkin, ...asTeam })
  const late = away.make('chat', { at: until + 1, text: 'And this?', ...asTeam })
  await console.write(asked, late)
  await console.settled()
  expect(await board.get('event')).toMatchObject({ protestUntil: until })
  const protests = async () => (await console.judge.ask<ProtestPage>('GET', `${root}/protests`)).body
  expect(await protests()).toMatchObject({
    until,
    protests: [
      { fact: asked._id, state: 'open', late: false, about: { checkin: current!.checkin } },
      { fact: late._id, state: 'open', late: true, about: null },
    ],
  })
  await decide({ kind: 'chat', team: '14', text: 'Too far away.', replyTo: asked._id })
  await console.settled()
  expect((await protests()).protests.map(({ fact, state }) => [fact, state])).toEqual([
    [late._id, 'open'],
    [asked._id, 'answered'],
  ])
  // An answer to the one is none to the other; what is written into the thread without naming a question is.
  await decide({ kind: 'chat', team: '14', text: 'That one as well.' })
  await console.settled()
  expect((await protests()).protests.map(({ fact, answers }) => [fact, answers.map(({ text }) => text)])).toEqual([
    [asked._id, ['Too far away.', 'That one as well.']],
    [late._id, ['That one as well.']],
  ])
})

test('[UN1] phones and teams that have not seen a notice are named', async () => {
  const { body } = await decide(
    { kind: 'notice', title: 'Storm', body: 'Come back.', audience: { classes: ['a'] }, urgent: true },
    console.admin,
  )
  await console.settled()
  const id = body.fact.slice(body.fact.lastIndexOf(':') + 1)
  const unseen = await console.caller('core').ask<UnseenPage>('GET', `${root}/notices/${id}/unseen`)
  expect(unseen.body.teams).toEqual(
    expect.arrayContaining([{ team: '16', name: 'Late', phones: 0, state: 'on-course' }]),
  )
  expect((await console.admin.ask('GET', `${root}/notices/${newId()}/unseen`)).status).toBe(404)
})

test('[CU1] an event that is shortened, a shorter limit and a cancelled checkpoint show their effect before', async () => {
  const { event, checkpoints } = (await console.admin.ask<PlanPage>('GET', `${root}/plan`)).body
  const preview = async (change: object) =>
    (await console.admin.ask<PlanEffect>('POST', `${root}/plan/preview`, change)).body.teams
      .map((row) => row.team)
      .sort()
  expect(await preview({ event: { ...event, endsAt: atMinute(50) } })).toEqual(['12'])
  const shorter = event.classes.map((one) => ({ ...one, limitMinutes: 150 }))
  expect(await preview({ event: { ...event, classes: shorter } })).toEqual(['12', '13', '14'])
  const five = checkpoints.find(({ number }) => number === '2')!
  expect(await preview({ checkpoints: [{ ...five, cancelled: true }] })).toContain('13')
  expect(eventDoc().endsAt).toBe(event.endsAt)
})
