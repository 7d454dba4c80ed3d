import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeviceRow, Overview } from '../../design-docs/console.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { createInvitation } from '../../sync-server/login/invitations.ts'
import { type Console, openConsole } from './open-console.ts'

const minute = 60_000
let console: Console
beforeAll(async () => {
  console = await openConsole()
})
afterAll(() => console.close())

async function signIn(role: Exclude<Role, 'server'>, device: string, { name = 'Phone', version = '1.0.0' } = {}) {
  const draft = { event: 'demo', role, teams: [], name: `${role} ${device}`, ttlMinutes: 60, by: 'server' }
  const { token } = await createInvitation(console.installation, draft)
  const answer = await post('/api/login/invitation', { token, device: { id: device, name, app: 'staff', version } })
  const { accessToken } = (await answer.json()) as { accessToken: string }
  return (says: object) =>
    post(
      '/api/devices/heartbeat',
      { version, unsent: 0, photosUnsent: 0, oldestUnsentAt: null, clockOffsetMs: null, ...says },
      { authorization: `Bearer ${accessToken}` },
    )
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  console.app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const devices = async () =>
  (await console.judge.ask<{ now: number; devices: DeviceRow[] }>('GET', '/events/demo/devices')).body

it('[CO8] each device has its role, version, last contact, backlog and how far its clock is ahead, as it last said', async () => {
  await signIn('staff', 'silentsilent', { name: 'Silent' })
  const ahead = await signIn('staff', 'aheadaheadah', { name: 'Ahead', version: '1.2.3' })
  expect((await ahead({ unsent: 7, photosUnsent: 2, oldestUnsentAt: 1, clockOffsetMs: -3_600_000 })).status).toBe(200)
  console.clock.aheadMs += 5 * minute
  const behind = await signIn('judge', 'behindbehind', { name: 'Behind', version: '1.2.4' })
  await behind({ clockOffsetMs: 90_000 })

  const shown = await devices()
  expect(shown.devices.map(({ name }) => name)).toEqual(['Behind', 'Ahead', 'Silent'])
  const [second, first, silent] = shown.devices
  expect(first).toMatchObject({
    role: 'staff',
    app: 'staff',
    version: '1.2.3',
    backlog: { facts: 7, photos: 2 },
    skewMs: 3_600_000,
    removed: false,
  })
  expect(second).toMatchObject({ role: 'judge', version: '1.2.4', backlog: { facts: 0, photos: 0 }, skewMs: -90_000 })
  expect(silent).toMatchObject({ role: 'staff', lastContactAt: null, backlog: null, skewMs: null })
  const agoMs = (row: DeviceRow | undefined) => shown.now - (row?.lastContactAt ?? 0)
  expect(agoMs(second)).toBeLessThan(minute)
  expect(Math.floor(agoMs(first) / minute)).toBe(5)
})

it('[CO8] what it says next takes the place of what it said, and its role is the one it acts in now', async () => {
  const again = await signIn('core', 'aheadaheadah', { name: 'Ahead', version: '1.3.0' })
  await again({ unsent: 0, clockOffsetMs: 12 })
  const row = (await devices()).devices.find(({ id }) => id === 'aheadaheadah')
  expect(row).toMatchObject({ role: 'core', version: '1.3.0', backlog: { facts: 0, photos: 0 }, skewMs: -12 })
  const people = await console.judge.ask<{ people: Record<string, string> }>('GET', '/events/demo/people')
  expect(people.body.people[row?.account ?? '']).toBe('core aheadaheadah')
})

it('[CO8] the overview counts devices and those heard of within a quarter of an hour; removed ones are last and not counted', async () => {
  const counted = async () => (await console.judge.ask<Overview>('GET', '/events/demo/overview')).body.devices
  expect(await counted()).toEqual({ total: 3, recent: 2 })
  await console.admin.ask('DELETE', '/events/demo/devices/behindbehind')
  expect(await counted()).toEqual({ total: 2, recent: 1 })
  expect((await devices()).devices.at(-1)).toMatchObject({ name: 'Behind', removed: true })
  console.clock.aheadMs += 15 * minute
  expect(await counted()).toEqual({ total: 2, recent: 0 })
})
