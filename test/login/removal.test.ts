import { createHash } from 'node:crypto'
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fact } from '../../design-docs/facts.ts'
import { type Doors, jpeg, jsonRequest, openDoors, type Phone, type Sent, withRevision } from '../gateway/open-doors.ts'

let doors: Doors
let admin: Phone
beforeAll(async () => {
  doors = await openDoors()
  admin = await doors.signIn('admin')
})
afterAll(() => doors.close())

type Failure = { error: { code: string; figures: { order: string } } }
const remove = (phone: Phone) =>
  admin.fetch(`/api/events/${doors.event}/devices/${phone.session.device}?reason=lost`, { method: 'DELETE' })
const refresh = (phone: Phone) => doors.app.request('/api/login/refresh', jsonRequest({}, { cookie: phone.cookie }))
const orderFor = async (phone: Phone) => ((await (await refresh(phone)).json()) as Failure).error.figures.order
const handOver = (body: object) => doors.app.request('/api/quarantine', jsonRequest(body))
const decide = (phone: Phone, what: 'accept' | 'discard') =>
  admin.fetch(`/api/events/${doors.event}/quarantine/${phone.session.device}/${what}`, jsonRequest({}))
const inLog = (id: string) => doors.couch.database(doors.log).get(id)
type Unread = { device: string; about: string; kind: string; code: string; sha256: string; bytes: number; head: string }
const unreadableFrom = async (phone: Phone) => {
  const answer = await admin.fetch(`/api/events/${doors.event}/quarantine`)
  const { unreadable } = (await answer.json()) as { unreadable: Unread[] }
  return unreadable.filter(({ device }) => device === phone.session.device)
}
const waiting = async () => {
  const answer = await admin.fetch(`/api/events/${doors.event}/quarantine`)
  return ((await answer.json()) as { waiting: { factId: string }[] }).waiting.map(({ factId }) => factId)
}

test('[RM1] a removed device is told at once, on every road, by an order that only this server can sign', async () => {
  const phone = await doors.signIn('staff')
  expect((await phone.fetch(`/db/${phone.generation}/${doors.log}`)).status).toBe(200)
  expect((await remove(phone)).status).toBe(204)
  const keys = (await (await doors.app.request('/.well-known/jwks.json')).json()) as JSONWebKeySet
  const answers = [
    await refresh(phone),
    await phone.fetch(`/db/${phone.generation}/${doors.log}`),
    await phone.push([phone.fact('checkin')]),
    await phone.fetch('/api/devices/heartbeat', jsonRequest({})),
  ]
  for (const answer of answers) {
    const { error } = (await answer.json()) as Failure
    expect([answer.status, error.code]).toEqual([403, 'ZK-AUTH-004'])
    const { payload } = await compactVerify(error.figures.order, createLocalJWKSet(keys))
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({ device: phone.session.device, order: 'wipe' })
  }
})

test('[RM2] an order is not a token and a token is no order', async () => {
  const phone = await doors.signIn('staff')
  await remove(phone)
  const headers = { authorization: `Bearer ${await orderFor(phone)}` }
  expect((await doors.app.request(`/db/${phone.generation}/${doors.log}`, { headers })).status).toBe(401)
  expect((await handOver({ order: phone.accessToken, facts: [] })).status).toBe(403)
  expect((await handOver({ order: 'x.y.z', facts: [] })).status).toBe(403)
})

test('[RM3] without its own cookie nobody gets the order of a device', async () => {
  const phone = await doors.signIn('staff')
  await remove(phone)
  const [id] = phone.cookie.split('.')
  const answer = await doors.app.request('/api/login/refresh', jsonRequest({}, { cookie: `${id}.guess` }))
  expect(((await answer.json()) as Failure).error).toMatchObject({ code: 'ZK-AUTH-001' })
})

test('[RM4] a removed device signs in no more, with whatever invitation', async () => {
  const phone = await doors.signIn('staff')
  await remove(phone)
  await expect(doors.signIn('staff', { device: phone.session.device })).rejects.toThrow('ZK-AUTH-004')
})

test('[RM5] what it hands over waits outside the log until an admin takes it in, as of when it was handed over', async () => {
  const phone = await doors.signIn('staff')
  const facts = [phone.fact('checkin'), phone.fact('help', { team: '7' })]
  await remove(phone)
  const order = await orderFor(phone)
  for (let twice = 0; twice < 2; twice++) {
    const answer = await handOver({ order, facts })
    expect(await answer.json()).toEqual({ kept: facts.map(({ _id }) => _id), unreadable: [] })
  }
  expect(await inLog(facts[0]!._id)).toBeNull()
  expect((await waiting()).sort()).toEqual(expect.arrayContaining(facts.map(({ _id }) => _id).sort()))
  const handedOverAt = doors.clock.now
  doors.clock.now += 3_600_000
  const accepting = await admin.fetch(`/api/events/${doors.event}/quarantine`)
  expect(accepting.status).toBe(401)
  admin = await doors.signIn('admin')
  expect(await (await decide(phone, 'accept')).json()).toMatchObject({ refused: [] })
  expect(await inLog(facts[0]!._id)).toMatchObject({ _rev: facts[0]!._rev })
  const rows = await doors.couch.database(doors.log).all({ includeDocs: true })
  const docs = rows.map(({ doc }) => doc as unknown as Fact)
  const arrival = docs.find((doc) => doc.type === 'arrival' && doc.facts.includes(facts[0]!._id))
  expect(arrival).toMatchObject({ receivedAt: handedOverAt })
  expect(await waiting()).not.toContain(facts[0]!._id)
})

test('[RM6] what an admin discards never enters the log', async () => {
  const phone = await doors.signIn('staff')
  const fact = phone.fact('checkin')
  await remove(phone)
  await handOver({ order: await orderFor(phone), facts: [fact] })
  expect((await decide(phone, 'discard')).status).toBe(204)
  expect(await waiting()).not.toContain(fact._id)
  await decide(phone, 'accept')
  expect(await inLog(fact._id)).toBeNull()
})

test('[RM7] the quarantine keeps to the rules of a push; what breaks one is kept apart and never enters the log', async () => {
  const phone = await doors.signIn('staff')
  await remove(phone)
  const order = await orderFor(phone)
  const forged = withRevision({ ...phone.fact('checkin'), by: 'admin-1' } as Fact)
  const other = withRevision({ ...phone.fact('checkin'), device: 'someoneelse0' } as Fact)
  const answer = await handOver({ order, facts: [forged, other, phone.fact('ruling')] })
  const { kept, unreadable } = (await answer.json()) as { kept: string[]; unreadable: { code: string }[] }
  expect(kept).toEqual([])
  expect(unreadable.map(({ code }) => code)).toEqual(['ZK-GATE-005', 'ZK-GATE-004', 'ZK-FACT-002'])
  await decide(phone, 'accept')
  expect(await inLog(forged._id)).toBeNull()
  expect((await unreadableFrom(phone)).map(({ code }) => code).sort()).toEqual([
    'ZK-FACT-002',
    'ZK-GATE-004',
    'ZK-GATE-005',
  ])
})

test('[RM13] anything at all is kept as it came, shown to an admin and given out again, until it is discarded', async () => {
  const phone = await doors.signIn('staff')
  await remove(phone)
  const order = await orderFor(phone)
  const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const deep = { ...phone.fact('checkin'), position: 'DEEP' }
  const long = { _id: '12:checkin:x', text: 'あ'.repeat(200_000) }
  const things = [{ ...phone.fact('checkin'), checkpoint: { odd: true } }, null, 7, 'text', [], {}, long]
  const facts = `[${things.map((thing) => JSON.stringify(thing)).join()},${JSON.stringify(deep)},"DEEP"]`
  const original = jpeg(5000)
  const photos = JSON.stringify([{ photo: '12:photo:unknown', data: original.toString('base64') }])
  for (let twice = 0; twice < 2; twice++) {
    const body = `{"order":"${order}","facts":${facts.replaceAll('"DEEP"', nested)},"photos":${photos}}`
    const headers = { 'content-type': 'application/json' }
    const answer = await doors.app.request('/api/quarantine', { method: 'POST', headers, body })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ kept: [], unreadable: { length: things.length + 3 } })
  }
  const shown = await unreadableFrom(phone)
  expect(shown).toHaveLength(things.length + 3)
  const content = async ({ sha256 }: { sha256: string }) => {
    const path = `/api/events/${doors.event}/quarantine/${phone.session.device}/unreadable/${sha256}`
    const answer = await admin.fetch(path)
    expect(answer.headers.get('content-disposition')).toBe('attachment')
    return Buffer.from(await answer.arrayBuffer())
  }
  const records = shown.filter(({ kind }) => kind === 'record')
  const texts = await Promise.all(records.map(async (one) => (await content(one)).toString()))
  for (const thing of things) expect(texts).toContain(JSON.stringify(thing))
  const [photo] = shown.filter(({ kind }) => kind === 'original')
  expect(photo).toMatchObject({ about: '12:photo:unknown', code: 'ZK-FILM-001', bytes: 5000 })
  expect((await content(photo!)).equals(original)).toBe(true)
  expect(shown.find(({ bytes }) => bytes > 600_000)?.head.length).toBe(2000)
  expect((await decide(phone, 'discard')).status).toBe(204)
  expect(await unreadableFrom(phone)).toEqual([])
  expect(await doors.storage.list(`${doors.event}/quarantine/${phone.session.device}/`)).toEqual([])
})

test('[RM8] photos come along: the original is complete once the quarantine is accepted', async () => {
  const phone = await doors.signIn('staff')
  const bytes = jpeg(3000)
  const photo = photoOf(phone, bytes)
  const inLogSince = photoOf(phone, jpeg(2000))
  await phone.push([inLogSince])
  await remove(phone)
  const order = await orderFor(phone)
  const photos = [{ photo: photo._id, data: bytes.toString('base64') }]
  const answer = await handOver({ order, facts: [photo], photos })
  expect(await answer.json()).toEqual({ kept: [photo._id, photo._id], unreadable: [] })
  const wrong = await handOver({ order, photos: [{ photo: inLogSince._id, data: jpeg(2000).toString('base64') }] })
  expect(await wrong.json()).toEqual({ kept: [], unreadable: [{ id: inLogSince._id, code: 'ZK-FILM-004' }] })
  const original = photo._id.replace(':photo:', ':original:')
  expect(await inLog(original)).toBeNull()
  await decide(phone, 'accept')
  const fact = (await inLog(original)) as unknown as { storageKey: string }
  expect(Buffer.from((await doors.storage.get(fact.storageKey))!).equals(bytes)).toBe(true)
})

test('[RM9] an admin of one event removes no device of another', async () => {
  const stranger = await doors.signIn('staff', { event: 'elsewhere' })
  const answer = await remove(stranger)
  expect([answer.status, ((await answer.json()) as Failure).error.code]).toEqual([404, 'ZK-PLAN-004'])
})

function photoOf(phone: Phone, bytes: Buffer): Sent {
  const hash = (part: Buffer) => createHash('sha256').update(part).digest('hex')
  const pieces = [bytes.subarray(0, 1024), bytes.subarray(1024, 2048), bytes.subarray(2048)].filter(
    (part) => part.length,
  )
  return phone.fact('photo', { sha256: hash(bytes), bytes: bytes.length, pieces: pieces.map(hash), pieceBytes: 1024 })
}
