import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carryWhenOnline } from '../../app/parcels/carry-when-online.ts'
import { type CarriedParcels, carriedParcels } from '../../app/store/parcels/carried-parcels.ts'
import { openParcel } from '../../app/store/parcels/open-parcel.ts'
import { packUnsent } from '../../app/store/parcels/pack-parcel.ts'
import type { ArrivalFact } from '../../design-docs/facts.ts'
import type { ParcelAnswer, ParcelHeader } from '../../design-docs/parcel.ts'
import { parcelHead, parcelHeadBytes, readParcelHead } from '../../functions/rules/parcel.ts'
import { removeDevice } from '../../sync-server/login/devices.ts'
import { acceptQuarantine } from '../../sync-server/login/quarantine.ts'
import { forgetDevice } from '../../sync-server/login/removed-devices.ts'
import { jpeg, openPhone, type Phone, until } from '../store/support/open-phone.ts'
import { openServer, type TestServer } from '../store/support/open-server.ts'

let server: TestServer
let carrier: Phone
let admin: Phone
beforeAll(async () => {
  server = await openServer()
  carrier = await openPhone(server)
  admin = await openPhone(server, { role: 'admin' })
})
afterAll(() => server.close())

const log = () => server.couch().database('zk-demo-log')
const deviceOf = (phone: Phone) => phone.store.session.who.value?.device ?? ''

/** A phone that has met the server, lost it, and recorded something since. */
async function cutOff(): Promise<{ phone: Phone; checkin: string; photo: string }> {
  const phone = await openPhone(server)
  await phone.store.sync()
  phone.link.cut()
  const checkin = await phone.checkin('12')
  const photo = await phone.photo(jpeg(300_000), { more: { checkin } })
  return { phone, checkin, photo }
}

async function packed(phone: Phone): Promise<Blob> {
  const packing = await packUnsent(phone.store.parts())
  expect(packing?.files.length).toBe(1)
  return (await packing!.make(0)).content
}

async function carriedBy(phone: Phone): Promise<CarriedParcels> {
  return (await carriedParcels(phone.store.parts()))!
}

/** Asks as a phone does; the body as it is. */
const ask = (phone: Phone, path: string, bytes: Uint8Array, method: 'POST' | 'PUT' = 'POST') =>
  phone.store.parts().session.ask(`/api/events/demo/parcels${path}`, { method, bytes: new Uint8Array(bytes) })

/** Head, signature and facts, whatever they hold. */
async function front(file: Blob): Promise<Uint8Array> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const { parts } = readParcelHead(bytes)!.header as ParcelHeader
  return bytes.slice(0, parcelHeadBytes(bytes)! + parts[0].bytes)
}

test('[PC4] records and originals of a phone without a network reach the server by another one, and its own later push is no conflict', async () => {
  const { phone, checkin, photo } = await cutOff()
  const carried = await carriedBy(carrier)
  carrier.link.cut()
  expect(await carried.add(await packed(phone))).toMatchObject({ ok: true })
  expect(carried.all.value[0]).toMatchObject({ state: 'waiting', facts: 2, photos: 1, device: deviceOf(phone) })
  expect(await carried.handIn()).toBe(false)
  expect(await log().get(checkin)).toBeNull()

  // It outlives the page, and goes with the next round that reaches the server.
  await carrier.reload()
  carryWhenOnline(carrier.store)
  carrier.link.restore()
  expect(await carrier.store.sync()).toBe('done')
  await until(async () => (await carriedBy(carrier)).all.value[0]?.state !== 'waiting')
  const [one] = (await carriedBy(carrier)).all.value
  expect(one).toMatchObject({
    state: 'handed-in',
    counts: { new: 2, known: 0, waits: 0, refused: 0, photosRefused: 0 },
  })
  const own = phone.store.outbox.facts.value.get(checkin)
  expect((await log().get(checkin))?._rev).toBe(own?._rev)
  expect(await server.original(photo)).toHaveLength(300_000)

  const before = (await log().all()).length
  phone.link.restore()
  expect(await phone.store.sync()).toBe('done')
  expect(phone.store.status.safeToClose.value).toBe(true)
  expect(phone.store.status.refused.value).toEqual([])
  expect((await log().all()).length).toBe(before)
  await phone.close()
})

test('[PC5] the arrival names who brought the records and when they came, and takes nothing from the clock of the file', async () => {
  const { phone, checkin } = await cutOff()
  const carried = await carriedBy(carrier)
  await carried.add(await packed(phone))
  server.clock.now += 3 * 3_600_000
  expect(await carried.handIn()).toBe(true)
  server.clock.now -= 3 * 3_600_000
  const facts = (await log().all({ includeDocs: true })).map(({ doc }) => doc as unknown as ArrivalFact)
  const arrival = facts.find((fact) => fact.type === 'arrival' && fact.facts.includes(checkin))
  const { account, device } = carrier.store.session.who.value!
  expect(arrival).toMatchObject({ carrier: { account, device } })
  expect(arrival?.clock).toBeUndefined()
  expect((arrival?.receivedAt ?? 0) - server.clock.now).toBeGreaterThan(3 * 3_600_000 - 60_000)
  await phone.close()
})

test('[PC6] brought in twice, by two carriers, everything is there once and the second hears so', async () => {
  const { phone } = await cutOff()
  const file = await packed(phone)
  const parcel = (await openParcel(file))!
  const first = await ask(carrier, '', await front(file))
  const states = ({ body }: { body: unknown }) => (body as ParcelAnswer).rows.map(({ state }) => state)
  expect(first.kind === 'ok' && states(first)).toEqual(['new', 'new'])
  const count = (await log().all()).length
  const again = await ask(admin, '', await front(file))
  expect(again.kind === 'ok' && states(again)).toEqual(['known', 'known'])
  expect((await log().all()).length).toBe(count)
  const list = await admin.store.parts().session.ask('/api/events/demo/parcels')
  const { parcels } = (list.kind === 'ok' ? list.body : {}) as { parcels: { id: string; carriers: unknown[] }[] }
  expect(parcels.find(({ id }) => id === parcel.id)?.carriers).toHaveLength(2)
  await phone.close()
})

test('[PC7] looked at, a file tells whose it is and what of it is known, and writes nothing', async () => {
  const { phone, checkin } = await cutOff()
  const file = await packed(phone)
  const before = (await log().all()).length
  const looked = await ask(carrier, '/look', await front(file))
  expect(looked).toMatchObject({
    kind: 'ok',
    body: {
      device: { id: deviceOf(phone), holders: ['Hanako'], removed: false },
      rows: [{ state: 'new' }, { state: 'new' }],
      photos: [{ state: 'missing', missing: [0, 1, 2], pieceBytes: 131_072 }],
    },
  })
  expect((await log().all()).length).toBe(before)
  expect(await log().get(checkin)).toBeNull()
  await phone.close()
})

test('[PC8] records of a removed phone wait for an admin, originals too, and count once accepted', async () => {
  const { phone, checkin, photo } = await cutOff()
  const file = await packed(phone)
  await removeDevice(server.it(), deviceOf(phone), { by: 'test', event: 'demo' })
  forgetDevice(server.it(), deviceOf(phone))
  const carried = await carriedBy(carrier)
  await carried.add(file)
  expect(await carried.handIn()).toBe(true)
  const parcel = (await openParcel(file))!
  const mine = carried.all.value.find(({ _id }) => _id === parcel.id)
  expect(mine).toMatchObject({ state: 'handed-in', counts: { waits: 2, new: 0, refused: 0, photosRefused: 0 } })
  expect(await log().get(checkin)).toBeNull()
  expect(await server.original(photo)).toBeNull()
  const film = { it: server.it(), storage: server.storage }
  expect(await acceptQuarantine(film, { event: 'demo', device: deviceOf(phone), by: 'test' })).toMatchObject({
    refused: [],
  })
  expect(await log().get(checkin)).not.toBeNull()
  expect(await server.original(photo)).toHaveLength(300_000)
  await phone.close()
})

test('[PC9] what the device was never granted is refused by record, with the code of the gateway, and listed', async () => {
  const phone = await openPhone(server)
  await phone.store.sync()
  phone.link.cut()
  const good = await phone.checkin('12')
  const bad = await phone.checkin('12')
  const file = await rewritten(phone, await packed(phone), (facts) =>
    facts.map((fact) => (fact._id === bad ? { ...fact, by: 'someone.else' } : fact)),
  )
  const answer = await ask(carrier, '', await front(file))
  expect(answer).toMatchObject({ kind: 'ok' })
  const { rows } = (answer.kind === 'ok' ? answer.body : {}) as ParcelAnswer
  expect(rows).toEqual([
    expect.objectContaining({ id: good, state: 'new' }),
    expect.objectContaining({ id: bad, state: 'refused', code: 'ZK-GATE-005' }),
  ])
  const refused = await admin.store.parts().session.ask('/api/events/demo/refused')
  expect(JSON.stringify(refused.kind === 'ok' && refused.body)).toContain(bad)
  // Under another revision the same id is refused, too.
  const other = await rewritten(phone, await packed(phone), (facts) =>
    facts.map((fact) => (fact._id === good ? { ...fact, _rev: `1-${'0'.repeat(32)}` } : fact)),
  )
  const second = await ask(carrier, '/look', await front(other))
  expect(JSON.stringify(second.kind === 'ok' && second.body)).toContain('ZK-GATE-006')
  await phone.close()
})

type Facts = Record<string, unknown>[]
/** The same file with other facts or another header, signed by the phone all the same. */
async function rewritten(
  phone: Phone,
  file: Blob,
  facts: (before: Facts) => unknown,
  more: Partial<ParcelHeader> = {},
): Promise<Blob> {
  const parcel = (await openParcel(file))!
  const changed = facts(parcel.facts as Facts)
  const content = Buffer.from(typeof changed === 'string' ? changed : JSON.stringify(changed))
  const sha256 = createHash('sha256').update(content).digest('hex')
  const count = Array.isArray(changed) ? changed.length : 0
  const [, ...originals] = parcel.header.parts
  const parts: ParcelHeader['parts'] = [{ kind: 'facts', bytes: content.length, sha256, count }, ...originals]
  const head = parcelHead({ ...parcel.header, parts, ...more })
  const signature = await (await phone.tab.ports.deviceKey()).sign(head)
  const bytes = originals.map(({ photo }) => parcel.original(photo)!)
  return new Blob([head, new Uint8Array(signature), new Uint8Array(content), ...bytes])
}

test('[PC10] tampered, cut short, foreign and replayed into another server: each refused whole, with its code, and nothing written', async () => {
  const { phone } = await cutOff()
  const file = await packed(phone)
  const whole = await front(file)
  const before = (await log().all()).length
  const same = (facts: Facts) => facts
  const frontOf = async (more: Partial<ParcelHeader>) => front(await rewritten(phone, file, same, more))
  const stranger = await openPhone(server)
  const forged = await rewritten(stranger, file, same)
  const cases: [string, Uint8Array, string][] = [
    ['a bit in the facts', whole.with(whole.length - 20, (whole.at(-20) ?? 0) ^ 1), 'ZK-FILE-001'],
    ['a bit in the header', whole.with(40, whole[40] === 0x30 ? 0x31 : 0x30), 'ZK-FILE-00'],
    ['a bit in the signature', flipSignature(whole), 'ZK-FILE-002'],
    ['the end cut off', whole.slice(0, -1), 'ZK-FILE-001'],
    ['something added', new Uint8Array([...whole, 0]), 'ZK-FILE-001'],
    ['the head alone', whole.slice(0, 30), 'ZK-FILE-001'],
    ['signed by another phone', await front(forged), 'ZK-FILE-002'],
    ['another event', await frontOf({ event: 'other' }), 'ZK-FACT-003'],
    ['a phone that nobody knows', await frontOf({ device: 'nobodysphone' }), 'ZK-FILE-003'],
    ['another server’s data', await frontOf({ generation: 'f'.repeat(32) }), 'ZK-FILE-004'],
    ['facts that are no list', await front(await rewritten(phone, file, () => '{"a":1}', {})), 'ZK-FILE-001'],
    [
      'nested without end',
      await front(await rewritten(phone, file, () => `[${'['.repeat(5e5)}${']'.repeat(5e5)}]`)),
      'ZK-F',
    ],
    ['more than fits', new Uint8Array(9_000_000), 'ZK-GATE-003'],
  ]
  for (const [what, bytes, code] of cases) {
    const answer = await ask(carrier, '', bytes)
    expect([what, answer.kind, answer.kind === 'refused' ? answer.code : '']).toEqual([
      what,
      'refused',
      expect.stringContaining(code),
    ])
  }
  expect((await log().all()).length).toBe(before)
  await Promise.all([phone.close(), stranger.close()])
})

/** The signature begins where the header ends. */
function flipSignature(bytes: Uint8Array): Uint8Array {
  const length = ((bytes[9] ?? 0) << 16) | ((bytes[10] ?? 0) << 8) | (bytes[11] ?? 0)
  return bytes.with(12 + length + 5, (bytes[12 + length + 5] ?? 0) ^ 1)
}

test('[PC10] a small body that unpacks to gigabytes is refused where its limit is passed', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1_048_576))
  expect(bomb.length).toBeLessThan(100_000)
  const { ask } = carrier.store.parts().session
  const answer = await ask('/api/events/demo/parcels', {
    method: 'POST',
    bytes: new Uint8Array(bomb),
    headers: { 'content-encoding': 'gzip' },
  })
  expect(answer).toMatchObject({ kind: 'refused', code: 'ZK-GATE-003' })
})

test('[PC11] an admin may bring in a file of another server’s data, naming it; nobody else may', async () => {
  const { phone } = await cutOff()
  const generation = 'e'.repeat(32)
  const file = await rewritten(phone, await packed(phone), (facts) => facts, { generation })
  const bytes = await front(file)
  expect(await ask(carrier, `?despite=${generation}`, bytes)).toMatchObject({ kind: 'refused', code: 'ZK-FILE-004' })
  expect(await ask(admin, `?despite=${generation}`, bytes)).toMatchObject({ kind: 'ok' })
  await phone.close()
})

test('[PC12] originals are taken only from who brought the file, only those of the file, and only as their record says', async () => {
  const { phone, photo } = await cutOff()
  const file = await packed(phone)
  const parcel = (await openParcel(file))!
  const taken = await ask(carrier, '', await front(file))
  expect(taken.kind).toBe('ok')
  const path = (id: string) => `/${parcel.id}/${encodeURIComponent(id)}/0`
  const piece = new Uint8Array(await parcel.original(photo)!.slice(0, 131_072).arrayBuffer())
  const other = await openPhone(server)
  expect(await ask(other, path(photo), piece, 'PUT')).toMatchObject({ kind: 'refused', code: 'ZK-PLAN-004' })
  const absent = photo.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
  expect(await ask(carrier, path(absent), piece, 'PUT')).toMatchObject({ kind: 'refused', code: 'ZK-PLAN-004' })
  expect(await ask(carrier, path(photo), piece.with(0, 0), 'PUT')).toMatchObject({
    kind: 'refused',
    code: 'ZK-FILM-002',
  })
  expect(await ask(carrier, path(photo), piece, 'PUT')).toMatchObject({ kind: 'ok', body: { missing: [1, 2] } })
  await Promise.all([phone.close(), other.close()])
})

test('[PC13] a carrier takes only whole files of its own event, and none of its own', async () => {
  const { phone } = await cutOff()
  const file = await packed(phone)
  const carried = await carriedBy(carrier)
  expect(await carried.add(file.slice(0, file.size - 1))).toEqual({ ok: false, reason: 'broken' })
  expect(await carried.add(new Blob(['hello']))).toEqual({ ok: false, reason: 'broken' })
  const bytes = new Uint8Array(await file.arrayBuffer())
  expect(await carried.add(new Blob([bytes.with(bytes.length - 9, (bytes.at(-9) ?? 0) ^ 1)]))).toEqual({
    ok: false,
    reason: 'broken',
  })
  expect(await (await carriedBy(phone)).add(file)).toEqual({ ok: false, reason: 'own' })
  const foreign = await rewritten(phone, file, (facts) => facts, { event: 'other' })
  expect(await carried.add(foreign)).toEqual({ ok: false, reason: 'other-event' })
  await phone.close()
})

test('[PC14] with a file still to be brought a phone is not forgotten unasked, and forgotten it carries nothing', async () => {
  const { phone } = await cutOff()
  const other = await openPhone(server)
  other.link.cut()
  await (await carriedBy(other)).add(await packed(phone))
  expect(await other.store.forget({ insist: false })).toBe('unsent')
  expect(await other.store.forget({ insist: true })).toBe('forgotten')
  expect([...other.device.keyValue.keys()]).not.toContain('zekken:carries')
  await Promise.all([phone.close(), other.close()])
})
