import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeRights } from '../../design-docs/access.ts'
import type { Overview, ProblemRow, TeamPage } from '../../design-docs/console.ts'
import type { Card } from '../../design-docs/derived.ts'
import type { RankingPage } from '../../design-docs/rankings.ts'
import { teamStateOf } from '../../functions/rules/team-state.ts'
import { courseOf, overdueMinutes } from '../../sync-server/results/overview.ts'
import { atMinute, eventDoc, factMaker, minutes, planOf } from '../rules/make-facts.ts'
import { type Console, openConsole } from './open-console.ts'

const card = (parts: Partial<Card>): Card => ({
  _id: 'card:1',
  type: 'card',
  event: 'demo',
  team: '1',
  name: 'T',
  classIds: ['a'],
  members: [],
  status: 'registered',
  bibIssue: 1,
  revokedBibs: [],
  reception: null,
  retired: null,
  help: null,
  portrait: null,
  checkpoints: [],
  points: { confirmed: 0, provisional: 0, pending: 0, penalty: 0, adjustment: 0, net: 0 },
  lines: [],
  checkins: { total: 0, confirmed: 0, provisional: 0, pending: 0, rejected: 0 },
  startAt: null,
  goalAt: null,
  lateMinutes: {},
  notPlaced: {},
  lastSeen: null,
  takenIn: '',
  ...parts,
})

describe('states of teams', () => {
  it('[CO1] a team is where its last word says: out, finished, retired, on course, arrived, entered', () => {
    const reception = { at: 1, arrived: [], feePaid: true, device: 'phone', by: 'staff' }
    const retired = { at: 2, reason: 'tired' }
    expect(teamStateOf(card({}))).toBe('entered')
    expect(teamStateOf(card({ reception }))).toBe('arrived')
    expect(teamStateOf(card({ reception, startAt: 1 }))).toBe('on-course')
    expect(teamStateOf(card({ startAt: 1, retired }))).toBe('retired')
    expect(teamStateOf(card({ startAt: 1, goalAt: 2 }))).toBe('finished')
    expect(teamStateOf(card({ goalAt: 2, status: 'disqualified' }))).toBe('out')
  })

  it('[CO2] overdue counts whole minutes past the latest limit, of teams that are still out alone', () => {
    const course = courseOf(planOf(), eventDoc())
    const out = { startAt: atMinute(0) }
    expect(overdueMinutes(card(out), course, atMinute(180))).toBe(0)
    expect(overdueMinutes(card(out), course, atMinute(181))).toBe(1)
    expect(overdueMinutes(card({ ...out, classIds: ['a', 'b'] }), course, atMinute(230))).toBe(0)
    expect(overdueMinutes(card({ ...out, goalAt: atMinute(170) }), course, atMinute(300))).toBe(0)
    expect(overdueMinutes(card({}), course, atMinute(300))).toBe(0)
    // A ruling brings nobody home, and where no start is scanned whoever was received is out.
    expect(overdueMinutes(card({ ...out, status: 'disqualified' }), course, atMinute(181))).toBe(1)
    const reception = { at: atMinute(-10), arrived: [], feePaid: true, device: 'phone', by: 'staff' }
    expect(overdueMinutes(card({ reception }), course, atMinute(181))).toBe(1)
    expect(overdueMinutes(card({ reception }), courseOf({ checkpoints: new Map() }, eventDoc()), atMinute(181))).toBe(0)
  })
})

describe('what the desk reads', () => {
  let console: Console
  beforeAll(async () => {
    console = await openConsole()
    const one = factMaker('11')
    const two = factMaker('12')
    const three = factMaker('13')
    const unseen = one.recorded('2', atMinute(40))
    await console.write(
      one.entry({ name: 'One' }),
      one.scanned('ST', atMinute(0)),
      one.scanned('S1', atMinute(20)),
      unseen,
      one.photo(unseen),
      one.scanned('GO', atMinute(170)),
      two.entry({ name: 'Two' }),
      two.scanned('ST', atMinute(0)),
      two.make('help', { at: atMinute(50), text: 'ankle' }),
      three.entry({ name: 'Three', classIds: ['b'] }),
    )
    await console.settled()
  })
  afterAll(() => console.close())

  it('[CO3] the overview counts teams, check-ins and photos awaited, and names who is overdue or needs help', async () => {
    const { body } = await console.judge.ask<Overview>('GET', '/events/demo/overview')
    expect(body.teams).toMatchObject({ total: 3, byState: { finished: 1, 'on-course': 1, entered: 1 } })
    expect(body.teams.overdue).toMatchObject([{ team: '12', name: 'Two', lastSeen: { checkpoint: 'ST' } }])
    expect(body.teams.overdue[0]?.overdueMinutes).toBe(Math.floor((body.now - atMinute(180)) / minutes(1)))
    expect(body.teams.help).toMatchObject([{ team: '12', text: 'ankle' }])
    expect(body.checkins.byStatus).toMatchObject({ AUTO_APPROVED: 4, PENDING: 1 })
    expect(body.checkins.byCheckpoint.map(({ checkpoint }) => checkpoint)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      'GO',
      'S1',
      'ST',
    ])
    expect(body.photosAwaited).toBe(1)
  })

  it('[CO4] the ranking is the live one; a class that is not there is no empty ranking', async () => {
    const { body } = await console.judge.ask<RankingPage>('GET', '/events/demo/rankings/a')
    expect(body.ranking?.rows.map(({ team, place, net }) => [team, place, net])).toEqual([
      ['11', 1, 15],
      ['12', null, 0],
    ])
    expect((await console.judge.ask('GET', '/events/demo/rankings/zzz')).status).toBe(404)
  })

  it('[CO5] a team’s page tells its story from the facts, without what belongs to the machine', async () => {
    const { body } = await console.judge.ask<TeamPage>('GET', '/events/demo/teams/11')
    expect(body.story.map(({ type }) => type)).toEqual(['entry', 'checkin', 'checkin', 'checkin', 'photo', 'checkin'])
    expect(body.story.flatMap(({ says }) => Object.keys(says))).not.toContain('sha256')
    expect(body.places).toEqual({ a: 1 })
    expect(body.verdicts).toHaveLength(4)
    expect((await console.judge.ask('GET', '/events/demo/teams/999')).status).toBe(404)
  })

  it('[CO6] what failed too often is listed and can be tried again; what is not there cannot', async () => {
    expect((await console.judge.ask('GET', '/events/demo/problems')).body).toEqual({ problems: [] })
    const redrive = (id: string, at = console.admin, event = 'demo') =>
      at.ask('POST', `/events/${event}/problems/redrive`, { id }).then(({ status }) => status)
    expect(await redrive('parked:demo:settle:1')).toBe(404)

    const log = console.deps.couch.database('zk-demo-log')
    const fact = (await console.log()).find((one) => one?.type === 'checkin' && one.team === '12')
    const rival = { ...fact, _id: String(fact?._id), checkpoint: '5', _rev: `1-${'f'.repeat(32)}` }
    await log.bulk([rival], { newEdits: false })
    await console.settled()
    const { body } = await console.judge.ask<{ problems: ProblemRow[] }>('GET', '/events/demo/problems')
    const [problem] = body.problems.filter(({ where }) => where === 'settle')
    expect(problem).toMatchObject({ kind: 'parked', key: `change:log:${rival._id}` })
    expect((await console.judge.ask<Overview>('GET', '/events/demo/overview')).body.problems).toBeGreaterThan(0)

    expect(await redrive(problem!.id, console.judge)).toBe(403)
    expect(await redrive(problem!.id, console.caller('admin'), 'other')).toBe(403)
    const { _conflicts: rivals = [] } = (await log.get(rival._id, { conflicts: true })) ?? {}
    await log.bulk(rivals.map((_rev) => ({ _id: rival._id, _rev, _deleted: true })))
    for (const { id } of body.problems) expect(await redrive(id)).toBe(200)
    await console.settled()
    expect((await console.judge.ask('GET', '/events/demo/problems')).body).toEqual({ problems: [] })
  })

  it('[CO7] the description of the API names every route of the console, and only such as the table opens', async () => {
    const described = (await (await console.app.request('/api/openapi.json')).json()) as {
      paths: Record<string, object>
    }
    const routes = Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} /api${path}`),
    )
    expect(routes.length).toBeGreaterThan(18)
    for (const route of routes) expect(Object.keys(routeRights)).toContain(route)
    const page = await console.app.request('/api/docs')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('/events/{event}/overview')
  })
})
