import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Doors, openDoors, type Phone } from '../gateway/open-doors.ts'

let doors: Doors
let mine: Phone
let partner: Phone
let rival: Phone
beforeAll(async () => {
  doors = await openDoors()
  mine = await doors.signIn('participant', { teams: ['101'] })
  partner = await doors.signIn('participant', { teams: ['101'] })
  rival = await doors.signIn('participant', { teams: ['102'] })
})
afterAll(() => doors.close())

type Listed = { device: string; isThis: boolean }[]
const listedBy = async (phone: Phone) =>
  ((await (await phone.fetch('/api/devices/own')).json()) as { devices: Listed }).devices
const remove = (by: Phone, device: string) => by.fetch(`/api/devices/own/${device}`, { method: 'DELETE' })

test('[LG58] a team sees its own phones, the one asking first, and nobody else’s', async () => {
  const devices = await listedBy(mine)
  expect(devices.map(({ device, isThis }) => [device, isThis])).toEqual([
    [mine.session.device, true],
    [partner.session.device, false],
  ])
  expect((await listedBy(rival)).map(({ device }) => device)).toEqual([rival.session.device])
})

test('[LG58] staff see the devices of their own account only', async () => {
  const staff = await doors.signIn('staff')
  await doors.signIn('staff')
  expect((await listedBy(staff)).map(({ device }) => device)).toEqual([staff.session.device])
})

test('[LG58] nobody removes another team’s phone, or the one in hand', async () => {
  expect((await remove(rival, mine.session.device)).status).toBe(404)
  expect((await remove(mine, mine.session.device)).status).toBe(404)
  expect((await listedBy(mine)).length).toBe(2)
})

test('[LG58] a phone that its team has removed is told so at once, and its cookie opens nothing any more', async () => {
  expect((await remove(mine, partner.session.device)).status).toBe(204)
  const asked = await partner.fetch('/api/devices/own')
  expect([asked.status, await asked.text()]).toEqual([403, expect.stringContaining('ZK-AUTH-004')])
  const headers = { cookie: partner.cookie, 'content-type': 'application/json' }
  const refreshed = await doors.app.request('/api/login/refresh', { method: 'POST', headers, body: '{}' })
  expect([refreshed.status, await refreshed.text()]).toEqual([403, expect.stringContaining('"order"')])
  expect((await listedBy(mine)).map(({ device }) => device)).toEqual([mine.session.device])
})

test('[LG58] a phone that has left is listed no more', async () => {
  const other = await doors.signIn('participant', { teams: ['101'] })
  expect((await listedBy(mine)).length).toBe(2)
  const headers = { cookie: other.cookie, 'content-type': 'application/json' }
  await doors.app.request('/api/login/leave', { method: 'POST', headers, body: '{}' })
  expect((await listedBy(mine)).length).toBe(1)
})
