import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import type { AuditPage } from '../../design-docs/disputes.ts'
import {
  type SettingKey,
  settingId,
  settingKeys,
  settingProblem,
  settings,
  settingValue,
} from '../../design-docs/settings.ts'
import { type Doors, jsonRequest, openDoors, type Phone } from '../gateway/open-doors.ts'

let doors: Doors
let admin: Phone
beforeAll(async () => {
  doors = await openDoors()
  for (const kind of ['desk', 'roster', 'board'] as const) await doors.databaseFor(kind)
  admin = await doors.signIn('admin')
})
afterAll(() => doors.close())

type Row = { key: SettingKey; value: unknown; source: string | null; _rev: string | null }
const path = () => `/api/events/${doors.event}/settings`
const rows = async () => ((await (await admin.fetch(path())).json()) as { settings: Row[] }).settings
const row = async (key: string) => (await rows()).find((one) => one.key === key)
const put = (key: string, value: unknown, _rev: string | null = null, phone = admin) =>
  phone.fetch(`${path()}/${key}`, { ...jsonRequest({ value, _rev }), method: 'PUT' })

test('[SE1] each has a value of its own that fits it, which holds until someone sets another', async () => {
  for (const key of settingKeys) expect(settingProblem(key, settings[key].value), key).toBeNull()
  const fresh = settingKeys.map((key) => ({ key, value: settings[key].value, source: null, _rev: null }))
  expect(await rows()).toEqual(fresh)
})

test('[SE2] an admin sets one and takes it back; both are in the audit log, and sign-in answers what phones keep', async () => {
  expect((await put('contact.phone', '+81 58-272-1111')).status).toBe(200)
  const set = await row('contact.phone')
  expect(set).toMatchObject({ value: '+81 58-272-1111', source: admin.session.account })
  const refreshed = await doors.app.request('/api/login/refresh', jsonRequest({}, { cookie: admin.cookie }))
  const { settings: kept } = (await refreshed.json()) as { settings: object[] }
  expect(kept).toContainEqual({ key: 'contact.phone', value: '+81 58-272-1111', atRunTime: true })
  expect((await put('contact.phone', null, set?._rev)).status).toBe(200)
  expect(await row('contact.phone')).toMatchObject({ value: '', source: null })
  expect((await put('contact.phone', null)).status).toBe(200)
  const { audit } = (await (await admin.fetch(`/api/events/${doors.event}/audit`)).json()) as AuditPage
  expect(audit.filter(({ action }) => action === 'setting-saved')).toHaveLength(3)
})

test('[SE3] a clash is shown with the other value, and what does not fit is refused', async () => {
  expect((await put('photo.side', 1280)).status).toBe(200)
  const clash = await put('photo.side', 1600)
  expect([clash.status, await clash.text()]).toEqual([
    409,
    expect.stringContaining('"theirs":{"key":"photo.side","value":1280'),
  ])
  for (const [key, value, problem] of [
    ['photo.side', 639, 'too-low'],
    ['photo.side', 4097, 'too-high'],
    ['photo.side', 1280.5, 'number'],
    ['photo.side', '1280', 'number'],
    ['contact.phone', 'javascript:alert(1)', 'format'],
    ['contact.phone', '058\n272', 'format'],
    ['contact.phone', 110, 'format'],
    ['contact.phone', { $gt: '' }, 'format'],
  ] as const) {
    const answer = await put(key, value)
    expect([answer.status, await answer.text()], String(value)).toEqual([400, expect.stringContaining(`"${problem}"`)])
  }
  expect((await put('nothing.known', 1)).status).toBe(404)
  expect((await put('__proto__', 1)).status).toBe(404)
})

test('[SE3] nobody but an admin sees or sets them', async () => {
  for (const role of ['judge', 'core', 'staff', 'participant'] as const) {
    const phone = await doors.signIn(role, { teams: role === 'participant' ? ['12'] : [] })
    expect((await phone.fetch(path())).status, role).toBe(403)
    expect((await put('photo.side', 1280, null, phone)).status, role).toBe(403)
  }
})

test('[SE4] a value in the data that does not fit is as if nobody had set it', () => {
  expect(settingValue('photo.side', { value: 1280 })).toBe(1280)
  for (const doc of [null, undefined, {}, { value: 'big' }, { value: 1e9 }, { value: null }])
    expect(settingValue('photo.side', doc)).toBe(1920)
})

test('[SE6] what a device keeps goes to devices, what the server follows stays there; the log says what was and what is', async () => {
  const desk = doors.couch.database(databaseName(doors.event, 'desk'))
  const changed = { 'contact.phone': '119', 'jobs.kept': 30, 'portrait.style': 'dots', 'return.before': 15 } as const
  for (const [key, value] of Object.entries(changed)) {
    const standing = await row(key)
    expect((await put(key, value, standing?._rev ?? null)).status, key).toBe(200)
    expect(await desk.get(settingId(key as SettingKey)), key).toMatchObject({
      onDevice: settings[key as SettingKey].onDevice,
    })
  }
  // Written out, since a table that is wrong would agree with itself.
  const onDevices = settingKeys.filter((key) => settings[key].onDevice)
  expect(onDevices).toEqual(['contact.phone', 'photo.side', 'return.before'])
  const refreshed = await doors.app.request('/api/login/refresh', jsonRequest({}, { cookie: admin.cookie }))
  const kept = ((await refreshed.json()) as { settings: { key: string }[] }).settings.map(({ key }) => key)
  expect(kept).toEqual(expect.arrayContaining(['contact.phone', 'return.before']))
  for (const key of ['jobs.kept', 'portrait.style']) expect(kept).not.toContain(key)

  const again = await row('return.before')
  await put('return.before', 10, again?._rev ?? null)
  await put('return.before', null, (await row('return.before'))?._rev ?? null)
  const { audit } = (await (await admin.fetch(`/api/events/${doors.event}/audit`)).json()) as AuditPage
  const told = audit.filter(({ about }) => about === 'return.before').map(({ was, is }) => [was ?? null, is ?? null])
  expect(told).toEqual([
    [10, null],
    [15, 10],
    [null, 15],
  ])
})
