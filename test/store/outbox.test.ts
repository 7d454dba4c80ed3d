import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ArrivalFact } from '../../design-docs/facts.ts'
import { openPhone } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(() => server.close())

const log = () => server.couch().database('zk-demo-log')
const inLog = async (id: string) => (await log().get(id)) !== null
const pushes = (paths: { path: string }[]) => paths.filter(({ path }) => path.endsWith('_bulk_docs'))
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'x-zekken-time': String(Date.now()) } })

test('[OB1] a fact survives the page that made it, and is sent by the next one', async () => {
  const phone = await openPhone(server)
  phone.link.cut()
  const fact = await phone.checkin('12')
  await phone.reload()
  expect(phone.store.outbox.facts.value.has(fact)).toBe(true)
  expect(phone.store.status.unsent.value).toBe(1)
  expect(await phone.store.sync()).toBe('offline')
  phone.link.restore()
  expect(await phone.store.sync()).toBe('done')
  expect([phone.stateOf(fact), await inLog(fact)]).toEqual(['confirmed', true])
  expect(phone.store.status.safeToClose.value).toBe(true)
  await phone.close()
})

test('[OB2] an answer of ok confirms nothing: the fact is asked for by id, and sent again when it is not there', async () => {
  const phone = await openPhone(server)
  const fact = await phone.checkin('12')
  phone.link.intercept((path) => (path.endsWith('_bulk_docs') ? json([], 201) : null))
  expect(await phone.store.sync()).toBe('offline')
  expect(phone.stateOf(fact)).toBe('unsent')
  phone.link.intercept(null)
  await phone.store.sync()
  expect([phone.stateOf(fact), await inLog(fact)]).toEqual(['confirmed', true])
  await phone.close()
})

test('[OB3] a fact whose answer was lost is confirmed without being sent twice', async () => {
  const phone = await openPhone(server)
  await phone.store.sync()
  const fact = await phone.checkin('12')
  const { waiting, release } = phone.link.hold((path) => path.endsWith('_bulk_docs'))
  const round = phone.store.sync()
  await waiting
  phone.link.cut('answers')
  release()
  expect(await round).toBe('offline')
  expect([phone.stateOf(fact), await inLog(fact)]).toEqual(['unsent', true])
  phone.link.restore()
  const before = pushes(phone.link.log).length
  await phone.store.sync()
  expect([phone.stateOf(fact), pushes(phone.link.log).length]).toEqual(['confirmed', before])
  await phone.close()
})

test('[OB4] a refused fact stays, is shown with its code, and holds up no other', async () => {
  const phone = await openPhone(server)
  const bad = await phone.checkin('12', { checkpoint: 'not a number' })
  const good = await phone.checkin('12')
  await phone.store.sync()
  expect([phone.stateOf(bad), phone.stateOf(good)]).toEqual(['refused', 'confirmed'])
  expect(phone.store.status.refused.value).toMatchObject([{ fact: { _id: bad }, code: 'ZK-FACT-001' }])
  expect(phone.store.status.safeToClose.value).toBe(false)
  const before = pushes(phone.link.log).length
  await phone.store.sync()
  expect(pushes(phone.link.log).length).toBe(before)
  await phone.close()
})

test.for([
  ['try again', (phone: Awaited<ReturnType<typeof openPhone>>) => phone.store.outbox.tryAgain()],
  ['an update', (phone) => phone.reload({ version: '2' })],
  ['a sign-in', async (phone) => void (await phone.store.session.signIn(await server.invite('staff'), 'x'))],
] as [string, (phone: Awaited<ReturnType<typeof openPhone>>) => Promise<void>][])(
  '[OB5] a refused fact is offered again after %s',
  async ([, act]) => {
    const phone = await openPhone(server)
    const fact = await phone.checkin('12')
    const refusal = [{ id: fact, error: 'forbidden', reason: 'ZK-GATE-005: not granted', code: 'ZK-GATE-005' }]
    phone.link.intercept((path) => (path.endsWith('_bulk_docs') ? json(refusal, 201) : null))
    await phone.store.sync()
    expect(phone.stateOf(fact)).toBe('refused')
    phone.link.intercept(null)
    await phone.store.sync()
    expect(phone.stateOf(fact)).toBe('refused')
    await act(phone)
    await phone.store.sync()
    expect([phone.stateOf(fact), await inLog(fact)]).toEqual(['confirmed', true])
    await phone.close()
  },
)

test('[OB6] a batch refused whole is halved until the fact that spoils it is alone', async () => {
  const phone = await openPhone(server)
  const facts = []
  for (let i = 0; i < 7; i++) facts.push(await phone.checkin(`T${i}`))
  const spoiler = facts[3] ?? ''
  const seen: number[] = []
  phone.link.intercept((path, init) => {
    if (!path.endsWith('_bulk_docs')) return null
    const text = textOf(init)
    seen.push(text.split('"_revisions"').length - 1)
    return text.includes(spoiler) ? json({ error: { code: 'ZK-GATE-003', message: 'too large' } }, 413) : null
  })
  await phone.store.sync()
  expect(facts.map(phone.stateOf)).toEqual(facts.map((id) => (id === spoiler ? 'refused' : 'confirmed')))
  expect(seen[0]).toBe(7)
  await phone.close()
})

test('[OB7] facts go oldest first, in batches bounded by bytes that shrink when the link does not carry them', async () => {
  const phone = await openPhone(server)
  const note = 'x'.repeat(900)
  const facts: string[] = []
  for (let i = 0; i < 40; i++) {
    const preview = jpeg(6_000)
    const photo = await phone.store.outbox.appendPhoto(
      photoDraft('12'),
      { original: jpeg(100 + i), preview },
      undefined,
    )
    facts.push(photo._id)
  }
  facts.push((await phone.store.outbox.append({ type: 'retire', team: '12', reason: note }))._id)
  const sent: string[][] = []
  let fail = 1
  phone.link.intercept((path, init) => {
    if (!path.endsWith('_bulk_docs')) return null
    if (fail-- > 0) throw new TypeError('fetch failed')
    const body = JSON.parse(textOf(init)) as { docs: { _id: string }[] }
    sent.push(body.docs.map(({ _id }) => _id))
    return null
  })
  await phone.store.sync()
  await phone.store.sync()
  expect(sent.flat()).toEqual(facts)
  expect(sent.length).toBeGreaterThan(2)
  expect(phone.store.status.unsent.value).toBe(0)
  await phone.close()
})

test('[OB8] what the last shift left unsent is sent by the next, under the name of who made it', async () => {
  const phone = await openPhone(server)
  phone.link.cut()
  const first = phone.store.session.who.value?.account
  const fact = await phone.checkin('12')
  await phone.store.session.leave()
  expect([phone.store.session.state.value, phone.store.status.unsent.value]).toEqual(['signed-out', 1])
  await expect(phone.checkin('12')).rejects.toThrow('signed in')
  phone.link.restore()
  await phone.store.session.signIn(await server.invite('staff', { name: 'Taro' }), 'Phone')
  await phone.store.sync()
  expect(await log().get(fact)).toMatchObject({ by: first })
  expect(phone.store.session.who.value?.name).toBe('Taro')
  await phone.close()
})

test('[OB9] the server learns the sender’s clock with what it sends', async () => {
  const phone = await openPhone(server)
  const fact = await phone.checkin('77')
  await phone.store.sync()
  const rows = await log().all({ startkey: '77:arrival:', endkey: '77:arrival;', includeDocs: true })
  const arrival = rows.map(({ doc }) => doc as unknown as ArrivalFact).find(({ facts }) => facts.includes(fact))
  expect(arrival?.clock).toMatchObject({
    device: phone.store.session.who.value?.device,
    bootId: `${phone.device.name}-1`,
  })
  await phone.close()
})

test('[OB11] what an older version of the app left unsent is sent by the newer one as it was written', async () => {
  const phone = await openPhone(server)
  phone.link.cut()
  const fact = await phone.checkin('12')
  const written = phone.store.outbox.facts.value.get(fact)
  phone.link.restore()
  await phone.reload({ version: '2' })
  await phone.store.sync()
  expect(phone.stateOf(fact)).toBe('confirmed')
  expect(await log().get(fact)).toEqual(written)
  await phone.close()
})

test('[OB10] a hundred facts made at once are all kept and all sent', async () => {
  const phone = await openPhone(server)
  const facts = await Promise.all(Array.from({ length: 100 }, (_, i) => phone.checkin(`Q${i}`)))
  await phone.store.sync()
  expect(new Set(facts.map(phone.stateOf))).toEqual(new Set(['confirmed']))
  await phone.close()
})

const jpeg = (bytes: number) =>
  new Blob([new Uint8Array([0xff, 0xd8, 0xff]), crypto.getRandomValues(new Uint8Array(bytes - 3))], {
    type: 'image/jpeg',
  })
const photoDraft = (team: string) =>
  ({ type: 'photo', team, purpose: 'checkin', takenAt: 1, width: 3, height: 2, contentType: 'image/jpeg' }) as const

function textOf(init: RequestInit): string {
  const bytes = init.body as Uint8Array
  const packed = new Headers(init.headers).get('content-encoding') === 'gzip'
  return new TextDecoder().decode(packed ? gunzipSync(bytes) : bytes)
}
