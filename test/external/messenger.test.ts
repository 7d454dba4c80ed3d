import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { office } from '../../design-docs/databases.ts'
import type { Told } from '../../design-docs/external.ts'
import type { FactOf } from '../../design-docs/facts.ts'
import { type ForgottenTeam, forgottenTeamId } from '../../design-docs/forgetting.ts'
import type { Report } from '../../design-docs/scoreboards.ts'
import { functions } from '../../functions/index.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { externalSystem } from '../../sync-server/external/call-external.ts'
import { type Messenger, startMessenger } from '../../sync-server/external/messenger.ts'
import { outsideTeam, tellAgain, tellParkedAgain } from '../../sync-server/external/outside-team.ts'
import type { Runner } from '../../sync-server/feed/start-runner.ts'
import type { Installation } from '../../sync-server/login/installation.ts'
import { problemsOf } from '../../sync-server/results/office-state.ts'
import { ensureOffice } from '../../sync-server/setup/ensure-office.ts'
import { type OpenEvent, openEvent } from '../feed/support/open-event.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { manners, type OutsideServer, outsideServer } from './outside-server.ts'

let it: OpenEvent
let runner: Runner
let outside: OutsideServer
let messenger: Messenger
let doors: Pick<Installation, 'couch' | 'office' | 'now'>
beforeEach(async () => {
  it = await openEvent()
  outside = await outsideServer()
  await ensureOffice(it.couch)
  doors = { couch: it.couch, office: it.couch.database(office), now: it.clock.now }
  runner = await it.run({ functions: functions.filter(({ name }) => name === 'settle' || name === 'tell-external') })
  messenger = start()
})
afterEach(async () => {
  await messenger.stop()
  await outside.close()
  await it.close()
})

const say = () => {}
const start = (couch: Installation['couch'] = it.couch, others: string[] = []) =>
  startMessenger({
    it: { couch, office: couch.database(office) },
    system: externalSystem({
      url: outside.url,
      token: 'let me in',
      timeoutMs: 300,
      reportUrl: (nonce) => `https://zekken.example/r/${nonce}`,
    }),
    events: async () => [...others, it.event],
    clock: it.clock,
    log: { info: say, warn: say, error: say },
  })
/** One for each team: its facts have ids of their own. */
const makers = new Map<string, ReturnType<typeof factMaker>>()
function make(team: string) {
  const maker = makers.get(team) ?? factMaker(team)
  makers.set(team, maker)
  return maker
}
const ruling = (status: FactOf<'ruling'>['status'], minute: number) =>
  make('12').make('ruling', { at: atMinute(minute), status, reason: 'x', by: 'j', as: 'judge' })
const forget = async () => {
  const doc: ForgottenTeam = {
    _id: forgottenTeamId(it.event, '12'),
    type: 'forgotten-team',
    event: it.event,
    team: '12',
    state: 'closing',
    since: 1,
    by: 'a',
    late: 0,
  }
  await doors.office.put(doc)
}
const two = ['m1', 'm2'].map((id) => ({ id, name: id }))
const entry = (team: string, name: string) => make(team).entry({ name, classIds: ['a'], members: two })
const renamed = (team: string, is: string, minute: number) =>
  make(team).make('correction', { at: atMinute(minute), field: 'name', was: '', is })
async function tell(...facts: Parameters<OpenEvent['write']>[1]) {
  await it.write('log', facts)
  await runner.drain()
  return await accepted(async () => messenger.poke())
}
const reportDoc = (link: Report['outside']): Report => ({
  _id: 'report:12',
  type: 'report',
  event: it.event,
  team: '12',
  version: 1,
  madeAt: 1,
  language: 'ja',
  hash: '0'.repeat(64),
  net: 0,
  pdf: { storageKey: 'x', bytes: 1 },
  xlsx: { storageKey: 'y', bytes: 1 },
  ...(link && { outside: link }),
})
const later = (ms: number) => accepted(async () => it.clock.advance(ms))
/** How many calls were accepted once all that was due has been told; the messenger looks by itself, too. */
async function accepted(work: () => Promise<void>): Promise<number> {
  const before = outside.accepted()
  await work()
  await messenger.tellDue()
  return outside.accepted() - before
}
const state = (team = '12') => outsideTeam(doors, { event: it.event, team })
const said = () =>
  outside.heard.map(({ path, body }) => `${path} ${body.team_name ?? body.new_team_name ?? body.status}`)
const problems = async () => await problemsOf(doors as Installation, it.event)

describe('telling the external system', () => {
  test('[EX1] it hears of a new team, with our token, and its id is kept', async () => {
    expect(await tell(entry('12', '髙﨑隊'))).toBe(1)
    expect(outside.heard).toMatchObject([
      { path: '/register_team', authorization: 'Bearer let me in', key: expect.stringContaining(`${it.event}-12-1-`) },
    ])
    expect(outside.heard[0]?.body).toEqual({
      zekken_number: '12',
      event_code: it.event,
      team_name: '髙﨑隊',
      class_name: expect.any(String),
      member_count: 2,
    })
    expect(await state()).toMatchObject({ state: 'known', externalId: 'EXT-12', error: null })
  })

  test('[EX22] an event that cannot be read keeps no other from being told, and is looked at again soon', async () => {
    await messenger.stop()
    let looks = 0
    const database: OpenEvent['couch']['database'] = (name) => {
      if (name !== 'zk-away-desk') return it.couch.database(name)
      looks++
      throw new Error('no such database')
    }
    messenger = start({ ...it.couch, database }, ['away'])
    expect(await tell(entry('12', '髙﨑隊'))).toBe(1)
    const before = looks
    await later(5000)
    expect(looks).toBe(before)
    await later(5000)
    expect(looks).toBe(before + 1)
  })

  test('[EX2] nothing is told twice: not by a look, a replay or a new start', async () => {
    await tell(entry('12', 'a'))
    await later(120_000)
    await runner.replay('tell-external')
    await runner.drain()
    await messenger.stop()
    messenger = start()
    await later(120_000)
    expect(said()).toEqual(['/register_team a'])
  })

  test('[EX3] another name is a renaming, anything else a registration anew', async () => {
    await tell(entry('12', 'a'))
    await tell(renamed('12', 'b', 10))
    const members = [{ id: 'm1', name: 'X' }]
    await tell(make('12').make('correction', { at: atMinute(11), field: 'members', was: [], is: members }))
    expect(said()).toEqual(['/register_team a', '/update_team_name b', '/register_team b'])
    expect(outside.heard[2]?.body.member_count).toBe(1)
    expect(new Set(outside.heard.map(({ key }) => key)).size).toBe(3)
  })

  test('[EX17] it hears of the link to a team’s report once, after the team itself, and again when there is another', async () => {
    await it.write('log', [entry('12', 'a')])
    await it.write('desk', [reportDoc({ nonce: 'a'.repeat(32), until: 1_900_000_000_000 })])
    await runner.drain()
    await accepted(async () => messenger.poke())
    await later(60_000)
    expect(outside.heard.map(({ path }) => path)).toEqual(['/register_team', '/report_link'])
    expect(outside.heard[1]?.body).toEqual({
      zekken_number: '12',
      event_code: it.event,
      report_url: `https://zekken.example/r/${'a'.repeat(32)}`,
      valid_until: '2030-03-17T17:46:40.000Z',
    })
    // A reprint has the same link.
    await rewrite({ version: 2 })
    await rewrite({ outside: { nonce: 'b'.repeat(32), until: 1_950_000_000_000 } })
    await tell(renamed('12', 'b', 10))
    expect(outside.heard.map(({ path }) => path)).toEqual([
      '/register_team',
      '/report_link',
      '/report_link',
      '/update_team_name',
    ])
    expect(new Set(outside.heard.map(({ key }) => key)).size).toBe(4)
    expect(await state()).toMatchObject({ state: 'known', externalId: 'EXT-12' })

    async function rewrite(change: object) {
      const desk = it.database('desk')
      await desk.put({ ...(await desk.get('report:12')), _id: 'report:12', ...change })
      await runner.drain()
      await accepted(async () => messenger.poke())
    }
  })

  test('[EX4] a team that was withdrawn before it was told is not told', async () => {
    await tell(entry('12', 'a'), ruling('withdrawn', 9))
    await later(3_600_000)
    expect(outside.heard).toEqual([])
    expect(await state()).toBeNull()
  })

  test.each(["O'Brien", '髙﨑 𠮷 渡邉', '../', '=1+1', 'a"b\\c', '</script>'])(
    '[EX5] the name %s comes through unchanged',
    async (name) => {
      await tell(entry('12', name))
      expect(outside.heard[0]?.body.team_name).toBe(name)
    },
  )
})

describe('when it does not answer as it should', () => {
  test.each(['stumbles', 'isPortal', 'isSilent', 'diesInTheMiddle', 'neverEnds'] as const)(
    '[EX6] it %s: the team is pending and told again with growing pauses, under the same key, until it is known',
    async (how) => {
      outside.behave(manners[how])
      expect(await tell(entry('12', 'a'))).toBe(0)
      expect(await state()).toMatchObject({ state: 'pending', tries: 1, error: expect.any(String) })
      expect(await later(14_000)).toBe(0)
      expect(outside.heard).toHaveLength(1)
      await later(1000)
      expect(outside.heard).toHaveLength(2)
      await later(29_000)
      expect(outside.heard).toHaveLength(2)
      outside.behave(manners.accepts)
      expect(await later(1000)).toBe(1)
      expect(await state()).toMatchObject({ state: 'known', externalId: 'EXT-12', tries: 0 })
      expect(new Set(outside.heard.map(({ key }) => key)).size).toBe(1)
      // Whoever keeps the keys has done it once.
      expect(outside.done.size).toBe(1)
    },
  )

  test('[EX7] nobody is there: the others wait with it, and are told when it is back', async () => {
    await outside.goAway()
    const facts = ['12', '13', '14'].map((team) => entry(team, team))
    expect(await tell(...facts)).toBe(0)
    const tried = await Promise.all(['12', '13', '14'].map(async (team) => (await state(team))?.tries))
    expect(tried).toEqual([1, 0, 0])
    await outside.comeBack()
    expect(await later(5000)).toBe(2)
    expect(await later(10_000)).toBe(1)
    expect(outside.done.size + outside.heard.length).toBeGreaterThan(2)
  })

  test('[EX8] one team that it stumbles over keeps no other from being told', async () => {
    outside.behave((response, one) =>
      (one.body.zekken_number === '12' ? manners.stumbles : manners.accepts)(response, one),
    )
    await tell(entry('12', 'a'), entry('13', 'b'))
    expect([(await state('12'))?.state, (await state('13'))?.state]).toEqual(['pending', 'known'])
  })

  test('[EX9] it asks for patience and gets it', async () => {
    outside.behave(manners.asksForPatience)
    await tell(entry('12', 'a'))
    outside.behave(manners.accepts)
    expect(await later(599_000)).toBe(0)
    expect(await later(1000)).toBe(1)
  })

  test.each(['refuses', 'refusesWithOk', 'redirects'] as const)(
    '[EX10] it %s: parked with its words, tried again only by hand, and then known',
    async (how) => {
      outside.behave(manners[how])
      await tell(entry('12', 'a'))
      await later(7_200_000)
      expect(outside.heard).toHaveLength(1)
      expect(await state()).toMatchObject({ state: 'refused', tries: 1 })
      const [problem] = await problems()
      expect(problem).toMatchObject({ kind: 'parked', where: 'external', key: '12' })
      outside.behave(manners.accepts)
      expect(await tellParkedAgain(doors, problem!.id)).toBe(true)
      expect(await later(1000)).toBe(1)
      expect(await state()).toMatchObject({ state: 'known', externalId: 'EXT-12' })
      expect(await problems()).toEqual([])
      expect(outside.heard[0]?.key).not.toBe(outside.heard[1]?.key)
    },
  )

  test('[EX11] what was refused is told again by itself once it says something else', async () => {
    outside.behave(manners.refuses)
    await tell(entry('12', 'a'))
    outside.behave(manners.accepts)
    expect(await tell(renamed('12', 'b', 10))).toBe(1)
    expect(said()).toEqual(['/register_team a', '/register_team b'])
    expect(await problems()).toEqual([])
  })

  test('[EX12] a renaming that was perhaps heard is undone out there when it is undone here', async () => {
    await tell(entry('12', 'a'))
    outside.behave(manners.isSilent)
    await tell(renamed('12', 'b', 10))
    outside.behave(manners.accepts)
    await tell(renamed('12', 'a', 11))
    await later(60_000)
    expect(outside.heard.at(-1)?.body.team_name).toBe('a')
    expect(await state()).toMatchObject({ state: 'known' })
    expect(new Set(outside.heard.map(({ key }) => key)).size).toBe(3)
  })
})

describe('a team that is not entered any more', () => {
  test('[EX18] its withdrawal is told once, nothing else while it lasts, and so is its end', async () => {
    await tell(entry('12', 'a'))
    await tell(ruling('withdrawn', 9))
    expect(outside.heard.at(-1)).toMatchObject({
      path: '/update_team_status',
      body: { zekken_number: '12', event_code: it.event, status: 'withdrawn' },
    })
    expect(Object.keys(outside.heard.at(-1)!.body)).toHaveLength(3)
    expect(await state()).toMatchObject({ state: 'known', status: 'withdrawn', externalId: 'EXT-12' })
    await tell(renamed('12', 'b', 10))
    await runner.replay('tell-external')
    await later(120_000)
    expect(outside.heard).toHaveLength(2)
    await tell(ruling('registered', 11))
    await later(60_000)
    expect(said()).toEqual([
      '/register_team a',
      '/update_team_status withdrawn',
      '/update_team_status entered',
      '/update_team_name b',
    ])
    expect(await state()).toMatchObject({ state: 'known', status: 'entered' })
    expect(new Set(outside.heard.map(({ key }) => key)).size).toBe(4)
  })

  test('[EX19] whether it was entered out there is settled first, under the same key', async () => {
    outside.behave(manners.stumbles)
    await tell(entry('12', 'a'))
    await tell(ruling('withdrawn', 9))
    outside.behave(manners.accepts)
    await later(60_000)
    expect([...outside.done.values()].map(({ path }) => path)).toEqual(['/register_team', '/update_team_status'])
    expect(await state()).toMatchObject({ state: 'known', status: 'withdrawn' })
  })

  test('[EX19] a withdrawal that was perhaps heard is asked again as it was, though it was undone, and then its end', async () => {
    await tell(entry('12', 'a'))
    outside.behave(manners.isSilent)
    await tell(ruling('withdrawn', 9))
    await tell(ruling('registered', 10), renamed('12', 'b', 11))
    outside.behave(manners.stumbles)
    await later(60_000)
    outside.behave(manners.accepts)
    for (let minute = 0; minute < 6; minute++) await later(60_000)
    const done = outside.heard.map(({ path, key, body }) => ({ path, key, status: body.status }))
    const withdrawals = done.filter(({ status }) => status === 'withdrawn')
    expect(withdrawals.length).toBeGreaterThan(1)
    expect(new Set(withdrawals.map(({ key }) => key)).size).toBe(1)
    expect(said().slice(-2)).toEqual(['/update_team_status entered', '/update_team_name b'])
    expect(await state()).toMatchObject({ state: 'known', status: 'entered' })
  })

  test('[EX20] refused it is parked, told again by hand, and no problem any more once it is undone', async () => {
    await tell(entry('12', 'a'))
    outside.behave(manners.refuses)
    await tell(ruling('withdrawn', 9))
    await later(7_200_000)
    expect(outside.heard).toHaveLength(2)
    expect(await state()).toMatchObject({ state: 'refused', status: 'withdrawn' })
    const [problem] = await problems()
    await tellParkedAgain(doors, problem!.id)
    await later(1000)
    expect(said().slice(1)).toEqual(['/update_team_status withdrawn', '/update_team_status withdrawn'])
    expect(await problems()).toHaveLength(1)
    await tell(ruling('registered', 10))
    expect(await state()).toMatchObject({ state: 'known', status: 'entered' })
    expect(await problems()).toEqual([])
    expect(outside.heard).toHaveLength(3)
  })

  test('[EX20] a withdrawal that is known is told anew when somebody asks for it', async () => {
    await tell(entry('12', 'a'))
    await tell(ruling('withdrawn', 9))
    await tellAgain(doors, { event: it.event, team: '12' })
    expect(await later(1000)).toBe(1)
    expect(said().at(-1)).toBe('/update_team_status withdrawn')
    expect(new Set(outside.heard.map(({ key }) => key)).size).toBe(3)
  })

  test('[EX21] of a team whose people’s data are deleted it hears that, by its number alone', async () => {
    await tell(entry('12', 'a'), entry('13', 'b'))
    await forget()
    await later(60_000)
    expect(outside.heard.at(-1)).toMatchObject({
      path: '/update_team_status',
      body: { zekken_number: '12', event_code: it.event, status: 'deleted' },
    })
    expect(Object.keys(outside.heard.at(-1)!.body)).toHaveLength(3)
    expect(await state()).toMatchObject({ state: 'known', status: 'deleted' })
    await later(120_000)
    expect(outside.heard).toHaveLength(3)
    expect(await state('13')).toMatchObject({ state: 'known', status: 'entered' })
  })

  test('[EX21] what was asked and perhaps heard is not asked again: no name is sent after the deletion', async () => {
    outside.behave(manners.stumbles)
    await tell(entry('12', 'a'))
    await forget()
    outside.behave(manners.accepts)
    await later(15_000)
    await later(60_000)
    expect(said()).toEqual(['/register_team a', '/update_team_status deleted'])
  })

  test('[EX21] one that it never heard of is not told', async () => {
    await it.write('log', [entry('12', 'a')])
    await forget()
    await runner.drain()
    messenger.poke()
    await later(60_000)
    expect(outside.heard).toEqual([])
    expect(await state()).toBeNull()
  })
})

describe('by hand and after a crash', () => {
  test('[EX13] a known team is told anew when somebody asks for it', async () => {
    await tell(entry('12', 'a'))
    await tellAgain(doors, { event: it.event, team: '12' })
    await tellAgain(doors, { event: it.event, team: '12' })
    expect(await later(1000)).toBe(1)
    expect(await later(1000)).toBe(0)
    expect(said()).toEqual(['/register_team a', '/register_team a'])
    expect(await doors.office.all({ startkey: 'tell-again:', endkey: 'tell-again;' })).toEqual([])
  })

  test('[EX14] killed after the call and before its answer was kept, the next start asks again under the same key', async () => {
    await messenger.stop()
    const killed = start({
      ...it.couch,
      database: (name) => {
        const whole = it.couch.database(name)
        const put = (doc: CouchDoc) =>
          (doc as unknown as Told).outcome === 'accepted'
            ? Promise.reject(new TypeError('fetch failed'))
            : whole.put(doc)
        return { ...whole, put }
      },
    })
    await it.write('log', [entry('12', 'a')])
    await runner.drain()
    killed.poke()
    await killed.tellDue().catch(() => 0)
    await killed.stop()
    expect(await state()).toMatchObject({ state: 'pending' })
    messenger = start()
    await later(60_000)
    expect(await state()).toMatchObject({ state: 'known' })
    expect(outside.heard.length).toBeGreaterThan(1)
    expect(new Set(outside.heard.map(({ key }) => key)).size).toBe(1)
  })

  test('[EX15] stopped in the middle of a call it ends at once', async () => {
    outside.behave(manners.isSilent)
    await it.write('log', [entry('12', 'a')])
    await runner.drain()
    messenger.poke()
    const telling = messenger.tellDue()
    await expect.poll(() => outside.heard.length).toBe(1)
    await messenger.stop()
    await telling
    expect(await state()).toMatchObject({ state: 'pending', tries: 0 })
  })
})
