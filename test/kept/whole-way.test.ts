import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProblemRow, TeamPage } from '../../design-docs/console.ts'
import type { OutsideState } from '../../design-docs/external.ts'
import { manners, type OutsideServer, outsideServer } from '../external/outside-server.ts'
import { openEntries } from '../support/open-entries.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'

let zekken: Zekken
let outside: OutsideServer
beforeAll(async () => {
  outside = await outsideServer()
  process.env.EXTERNAL_URL = outside.url
  zekken = await startZekken()
  delete process.env.EXTERNAL_URL
  await openEntries(zekken, { members: { min: 1, max: 5 } })
})
afterAll(async () => {
  await zekken?.end()
  await outside?.close()
})

async function post(path: string, fields: Record<string, string>) {
  const headers = { authorization: `Bearer ${await zekken.token('core')}` }
  const body = new URLSearchParams({ event_code: zekken.event, ...fields })
  return await (await fetch(zekken.url + path, { method: 'POST', headers, body })).json()
}
const team = {
  zekken_number: '77',
  team_name: "O'Brien 髙﨑",
  class_name: '3時間 混合',
  member_count: '3',
  password: 'a b c',
}
const state = async () => {
  const path = `/api/events/${zekken.event}/teams/77/outside`
  return ((await zekken.get(path)) as { outside: OutsideState | null }).outside
}

test('[KR17] a program registers and renames a team by form, and the external system hears of both', async () => {
  outside.behave(manners.refuses)
  expect(await post('/register_team', team)).toMatchObject({ status: 'OK', team_id: '77' })
  const page = async () =>
    (await zekken.get(`/api/events/${zekken.event}/teams/77`).catch(() => null)) as TeamPage | null
  await expect.poll(async () => (await page())?.team.name, { timeout: 20_000 }).toBe("O'Brien 髙﨑")
  expect((await page())?.card?.members).toHaveLength(3)

  await expect.poll(async () => (await state())?.state, { timeout: 20_000 }).toBe('refused')
  const problems = async () =>
    ((await zekken.get(`/api/events/${zekken.event}/problems`)) as { problems: ProblemRow[] }).problems
  const found = (await problems()).find(({ where, key }) => where === 'external' && key === '77')
  outside.behave(manners.accepts)
  await zekken.post(`/api/events/${zekken.event}/problems/redrive`, { id: found?.id })
  await expect
    .poll(async () => await state(), { timeout: 20_000 })
    .toMatchObject({ state: 'known', externalId: 'EXT-77' })

  const renamed = { zekken_number: '77', new_team_name: '=1+1' }
  expect(await post('/api/update_team_name', renamed)).toMatchObject({ old_name: "O'Brien 髙﨑", new_name: '=1+1' })
  await expect
    .poll(() => outside.heard.at(-1), { timeout: 20_000 })
    .toMatchObject({
      path: '/update_team_name',
      body: { zekken_number: '77', new_team_name: '=1+1' },
    })
  const before = outside.heard.length
  expect(await post('/register_team', { ...team, team_name: '=1+1' })).toMatchObject({ status: 'OK' })
  await expect.poll(() => outside.heard.length, { timeout: 20_000 }).toBe(before + 1)
  const signIn = { event: zekken.event, number: '77', password: 'a b c' }
  expect(JSON.stringify(outside.heard)).not.toContain(signIn.password)
}, 120_000)
