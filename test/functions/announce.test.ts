import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Runner } from '../../sync-server/feed/start-runner.ts'
import { type OpenEvent, openEvent } from '../feed/support/open-event.ts'
import { atMinute, factMaker, noticeFact, withdrawal } from '../rules/make-facts.ts'

let it: OpenEvent
let runner: Runner
beforeEach(async () => {
  it = await openEvent()
  runner = await it.run()
})
afterEach(() => it.close())

/** Titles by database: what a phone that mirrors it would show. */
async function seen(): Promise<Record<string, unknown[]>> {
  await runner.drain()
  const titles = async (database: ReturnType<OpenEvent['database']>) =>
    (await database.all({ startkey: 'notice:', endkey: 'notice;', includeDocs: true })).map(({ doc }) => doc?.title)
  const places = {
    board: it.database('board'),
    roster: it.database('roster'),
    12: it.ofTeam('12'),
    13: it.ofTeam('13'),
  }
  return Object.fromEntries(
    await Promise.all(Object.entries(places).map(async ([name, database]) => [name, await titles(database)])),
  )
}

const enterTeams = () =>
  it.write(
    'log',
    ['12', '13'].map((team) => factMaker(team).entry()),
  )

test('[NT6] each notice reaches the mirrors of those it is for, and no others', async () => {
  await enterTeams()
  await it.write('log', [
    noticeFact(1, { title: 'all' }),
    noticeFact(2, { title: 'staff', audience: { roles: ['staff', 'core'] } }),
    noticeFact(3, { title: 'team 13', audience: { teams: ['13'] } }),
  ])
  expect(await seen()).toEqual({ board: ['all'], roster: ['staff', 'team 13'], 12: [], 13: ['team 13'] })
})

test('[NT6] a notice that was there before its team waits for it', async () => {
  await it.write('log', [noticeFact(1, { title: 'early', audience: { teams: ['12'] } })])
  await runner.drain()
  await enterTeams()
  expect(await seen()).toEqual({ board: [], roster: ['early'], 12: ['early'], 13: [] })
})

test('[NT7] it appears at its hour, goes when it expires, and at once when it is withdrawn', async () => {
  await enterTeams()
  const timed = { publishAt: it.clock.now() + 60_000, expiresAt: it.clock.now() + 120_000 }
  const untrue = noticeFact(3, { title: 'untrue', audience: { teams: ['13'] } })
  await it.write('log', [
    noticeFact(1, { title: 'timed', ...timed }),
    noticeFact(2, { title: 'timed for 12', audience: { teams: ['12'] }, ...timed }),
    untrue,
  ])
  expect(await seen()).toEqual({ board: [], roster: ['untrue'], 12: [], 13: ['untrue'] })
  it.clock.advance(60_000)
  await it.write('log', [withdrawal(4, untrue)])
  expect(await seen()).toEqual({ board: ['timed'], roster: ['timed for 12'], 12: ['timed for 12'], 13: [] })
  it.clock.advance(60_000)
  expect(await seen()).toEqual({ board: [], roster: [], 12: [], 13: [] })
})

test('[NT8] the desk keeps every notice, the withdrawn and the expired too', async () => {
  const untrue = noticeFact(1)
  await it.write('log', [untrue, withdrawal(2, untrue), noticeFact(3, { expiresAt: atMinute(1) })])
  await runner.drain()
  const rows = await it.database('desk').all({ startkey: 'notice:', endkey: 'notice;', includeDocs: true })
  expect(rows.map(({ doc }) => [doc?.fact, 'withdrawn' in (doc ?? {})])).toEqual([
    [untrue._id, true],
    [noticeFact(3)._id, false],
  ])
})
