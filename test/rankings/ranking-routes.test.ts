import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlanEffect, PlanPage } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { Ranking } from '../../design-docs/derived.ts'
import type { Comparison, PublicationPage, RankingPage, SnapshotLine } from '../../design-docs/rankings.ts'
import { nextState, stateOf } from '../../functions/rules/publication.ts'
import { readSnapshot, snapshotOf } from '../../sync-server/rankings/snapshots.ts'
import { type Console, openConsole } from '../results/open-console.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'

const root = '/events/demo'
const one = factMaker('11')
const other = factMaker('12')
const doubtful = other.scanned('1', atMinute(50), { verified: false })
const facts = [
  one.entry({ classIds: ['a'] }),
  one.scanned('S1', atMinute(30)),
  one.scanned('GO', atMinute(90)),
  other.entry({ classIds: ['b'] }),
  other.scanned('S1', atMinute(40)),
  doubtful,
  other.scanned('GO', atMinute(100)),
]

describe('snapshots and publication', () => {
  let console: Console
  beforeEach(async () => {
    console = await openConsole()
    await console.write(...facts)
    await console.settled()
  })
  afterEach(() => console.close())

  const snap = async (name = '', by = console.admin) => {
    const { body } = await by.ask<SnapshotLine>('POST', `${root}/snapshots`, { name, occasion: 'hand' })
    return body
  }
  const act = async (action: string, classes: string[], snapshot?: string) => {
    const answer = await console.admin.ask<PublicationPage>('PUT', `${root}/publication`, {
      action,
      classes,
      ...(snapshot && { snapshot }),
    })
    await console.settled()
    return answer
  }
  const states = ({ rankings }: PublicationPage) =>
    Object.fromEntries(rankings.map((each) => [each.classId, each.state]))
  const compared = async (from: string, to: string) =>
    (await console.judge.ask<Comparison>('GET', `${root}/comparison?from=${from}&to=${to}`)).body
  const onBoard = async (id: string) =>
    (await console.couch.database(databaseName('demo', 'board')).get(`ranking:${id}`)) as unknown as Ranking | null
  /** A judge decides a day later than the snapshots were made. */
  const decide = async () => {
    console.clock.aheadMs += 60_000
    const decided = { id: '01JZZZZZZZ0000000000000001', ageMs: 0, kind: 'review', checkin: doubtful._id }
    const answer = await console.judge.ask('POST', `${root}/decisions`, {
      ...decided,
      action: 'APPROVED',
      comment: 'seen',
    })
    expect(answer.status).toBe(200)
    await console.settled()
  }

  it('[PB1] a snapshot keeps who made it when, and is made once for the same rankings', async () => {
    const first = await snap('noon', console.judge)
    expect(first).toMatchObject({ by: 'judge', name: 'noon', occasion: 'hand', teamCount: 2 })
    expect((await snap()).id).toBe(first.id)
    await decide()
    expect((await snap()).hash).not.toBe(first.hash)
    const { body } = await console.judge.ask<PublicationPage>('GET', `${root}/publication`)
    expect(body.snapshots).toHaveLength(2)
    expect(body.snapshots[1]).toEqual(first)
    expect((await console.caller('core').ask('POST', `${root}/snapshots`, { name: '', occasion: 'hand' })).status).toBe(
      403,
    )
  })

  it('[PB1] its hash is that of what it says: made again from what is kept, and another for each figure', async () => {
    const line = await snap('noon')
    const kept = await readSnapshot(console.couch, 'demo', line.id)
    const digest = (told: unknown) => createHash('sha256').update(JSON.stringify(told)).digest('hex')
    expect(line.hash).toBe(digest([kept.teams, kept.rankings, kept.overall]))
    const { view } = await console.deps.desks.of('demo')
    const wish = { by: 'x', name: '', occasion: 'hand', nowMs: 1, ulid: '0' } as const
    expect(snapshotOf(view, wish).hash).toBe(line.hash)
    const card = view.cards.get('11')!
    const others = [
      { ...card, name: 'Other' },
      { ...card, points: { ...card.points, provisional: card.points.provisional + 1 } },
      { ...card, goalAt: card.goalAt! + 1 },
      { ...card, classIds: ['b'] },
    ]
    const hashes = others.map((one) => snapshotOf({ ...view, cards: new Map(view.cards).set('11', one) }, wish).hash)
    expect(new Set([line.hash, ...hashes]).size).toBe(others.length + 1)
  })

  it('[PB2] the public sees what was published, whatever happens afterwards, until it is taken back', async () => {
    expect(await onBoard('b')).toBeNull()
    const { body } = await act('publish', ['b', '_overall'], (await snap()).id)
    expect(states(body)).toEqual({ a: 'live', b: 'published', _overall: 'published' })
    expect((await onBoard('b'))?.rows).toMatchObject([{ team: '12', place: 1, net: 15 }])
    expect((await onBoard('_overall'))?.rows.map(({ team, place }) => [team, place])).toEqual([
      ['11', 1],
      ['12', 2],
    ])
    expect(await onBoard('a')).toBeNull()
    await decide()
    expect((await onBoard('b'))?.rows).toMatchObject([{ net: 15 }])
    const live = await console.judge.ask<RankingPage>('GET', `${root}/rankings/b`)
    expect(live.body).toMatchObject({ state: 'published', ranking: { rows: [{ net: 25 }] } })
    expect(states((await act('unpublish', ['b'])).body)).toMatchObject({ b: 'frozen', _overall: 'published' })
    expect(await onBoard('b')).toBeNull()
    expect((await compared('public', 'now')).rankings).toMatchObject([
      { classId: 'a', isNew: true },
      { classId: 'b', isNew: true },
      { classId: '_overall', isNew: false, changed: 2 },
    ])
  })

  it('[PB3] before it is published anew one sees who would move, by how much, and why', async () => {
    const first = await snap()
    await act('publish', ['b'], first.id)
    await decide()
    const changes = await compared('public', 'now')
    expect(changes.from?.id).toBe(first.id)
    expect(changes.changes).toEqual([
      { classId: 'b', team: '12', name: 'Team', before: { place: 1, net: 15 }, after: { place: 1, net: 25 } },
    ])
    expect(changes.causes['12']).toMatchObject([
      { type: 'review', by: 'judge', says: { action: 'APPROVED', comment: 'seen', checkin: doubtful._id } },
    ])
    const second = await snap()
    expect((await compared(first.id, second.id)).changes).toHaveLength(3)
    expect((await compared(second.id, 'now')).changes).toEqual([])
    expect((await act('publish', ['b'], second.id)).body.rankings[1]?.shown?.snapshot).toBe(second.id)
    expect((await onBoard('b'))?.rows).toMatchObject([{ net: 25 }])
  })

  it('[PB4] while one of its classes is frozen or published, no change of the plan moves a team', async () => {
    const plan = (await console.admin.ask<PlanPage>('GET', `${root}/plan`)).body
    const staffed = plan.checkpoints.find(({ number }) => number === 'S1')!
    const dearer = { ...staffed, points: 20 }
    const save = () => console.admin.ask('PUT', `${root}/plan/checkpoints/S1`, dearer)
    await act('freeze', ['b'])
    const { body } = await console.admin.ask<PlanEffect>('POST', `${root}/plan/preview`, { checkpoints: [dearer] })
    expect(body.blocked).toBe(true)
    expect((await save()).body).toMatchObject({ error: { code: 'ZK-PLAN-003' } })
    await act('publish', ['b'], (await snap()).id)
    expect((await save()).status).toBe(409)
    expect(states((await act('unfreeze', ['b'])).body)).toMatchObject({ b: 'reopened' })
    expect((await save()).status).toBe(200)
    await console.settled()
    expect((await onBoard('b'))?.rows).toMatchObject([{ net: 15 }])
    const changes = await compared('public', 'now')
    expect(changes.plan).toEqual([{ of: 'checkpoint', id: 'S1', field: 'points', before: 15, after: 20 }])
    expect(changes.changes).toMatchObject([{ team: '12', after: { net: 20 } }])
  })

  it('[PB5] a change that moves nobody of a frozen class is saved', async () => {
    await act('freeze', ['b'])
    const plan = (await console.admin.ask<PlanPage>('GET', `${root}/plan`)).body
    const [a, b] = plan.event.classes
    const shorter = { ...plan.event, classes: [{ ...a!, limitMinutes: 60 }, b!] }
    expect((await console.admin.ask('PUT', `${root}/plan/event`, shorter)).status).toBe(200)
    await act('freeze', ['_overall'])
    const again = (await console.admin.ask<PlanPage>('GET', `${root}/plan`)).body
    const longer = { ...again.event, classes: [{ ...a!, limitMinutes: 70 }, b!] }
    expect((await console.admin.ask('PUT', `${root}/plan/event`, longer)).status).toBe(409)
  })

  it('[PB6] a closed event is published with its last class, and no longer when one is taken back', async () => {
    const plan = (await console.admin.ask<PlanPage>('GET', `${root}/plan`)).body
    await console.admin.ask('PUT', `${root}/plan/event`, { ...plan.event, phase: 'closed' })
    const phase = async () => (await console.admin.ask<PlanPage>('GET', `${root}/plan`)).body.event.phase
    const { id } = await snap()
    await act('publish', ['a'], id)
    expect(await phase()).toBe('closed')
    await act('publish', ['b'], id)
    expect(await phase()).toBe('published')
    await act('unfreeze', ['a'])
    expect(await phase()).toBe('published')
    await act('unpublish', ['a'])
    expect(await phase()).toBe('closed')
  })

  it('[PB7] each action is written down with what it changed; what changes nothing is not', async () => {
    await act('freeze', ['a', 'b'])
    await act('freeze', ['a'])
    const rows = await console.installation.office.all({ startkey: 'audit:', endkey: 'audit;', includeDocs: true })
    const lines = rows.flatMap(({ doc }) => (doc ? [[doc.action, doc.about]] : []))
    expect(lines.filter(([action]) => action === 'ranking-frozen')).toEqual([['ranking-frozen', 'a b']])
    expect(lines.filter(([action]) => action === 'snapshot-made')).toHaveLength(1)
    expect((await act('freeze', ['zzz'])).status).toBe(404)
    expect((await act('publish', ['a'], '01JZZZZZZZ0000000000000009')).status).toBe(404)
    expect((await console.judge.ask('PUT', `${root}/publication`, { action: 'freeze', classes: ['a'] })).status).toBe(
      403,
    )
  })
})

it('[PB8] what was reopened is live once it is taken back, and the later of event and ranking says how it stands', () => {
  expect([nextState.unpublish.reopened, nextState.unpublish.published]).toEqual(['live', 'frozen'])
  const standing = (at: number) => ({
    _id: 'publication' as const,
    type: 'publication' as const,
    event: 'demo',
    classes: { a: { state: 'live' as const, at, by: 'admin' } },
  })
  const stands = (at: number) => stateOf({ phase: 'closed', rankingFrozenAt: 1000 }, standing(at), 'a')
  expect([999, 1000, 1001].map(stands)).toEqual(['frozen', 'live', 'live'])
})
