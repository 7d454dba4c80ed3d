import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import type { ImageDoc } from '../../design-docs/derived.ts'
import type { PhotoFact } from '../../design-docs/facts.ts'
import { imageId, offerId } from '../../design-docs/ids.ts'
import type { ImageUpdated, MadeImageLink } from '../../design-docs/links.ts'
import { offerLinks } from '../../functions/offer-links.ts'
import { openLinks, revokeImageLink, tidyLinks } from '../../sync-server/images/image-links.ts'
import { openImage, type ToldOutcome } from '../../sync-server/images/open-image.ts'
import { transferSlots } from '../../sync-server/images/transfer-slots.ts'
import { type Doors, jpeg, jsonRequest, openDoors, type Phone } from '../gateway/open-doors.ts'

let doors: Doors
let team: Phone
let judge: Phone
let app: ReturnType<typeof openImage>
let told: ToldOutcome[] = []
const pictures = { small: jpeg(20_000), large: jpeg(900_000), original: jpeg(1_500_000) }

beforeAll(async () => {
  doors = await openDoors()
  await doors.databaseFor('desk')
  team = await doors.signIn('participant', { teams: ['12'] })
  judge = await doors.signIn('judge')
  const { it: installation, storage } = doors
  app = openImage({ it: installation, storage, onLink: (one) => void told.push(one) })
})
afterAll(() => doors.close())
beforeEach(() => {
  told = []
})
const outcomes = () => told.map(({ outcome }) => outcome)

const desk = () => doors.couch.database(databaseName(doors.event, 'desk'))

/** A photo of the team with its pictures in storage. */
async function photographed(version = 1): Promise<PhotoFact> {
  const photo = team.fact('photo', { team: '12' }) as unknown as PhotoFact
  await team.push([photo])
  await develop(photo, { version, bytes: pictures.large })
  return photo
}

async function develop(photo: PhotoFact, { version, bytes }: { version: number; bytes: Uint8Array }): Promise<void> {
  const key = (name: string) => `${doors.event}/picture/${photo._id}/${version}-${name}.jpg`
  await doors.storage.put(key('480'), pictures.small)
  await doors.storage.put(key('1600'), bytes)
  const _id = imageId(photo._id)
  const before = await desk().get(_id)
  const doc: ImageDoc = {
    _id,
    type: 'image',
    event: doors.event,
    photo: photo._id,
    team: '12',
    purpose: 'checkin',
    version,
    changedAt: 1_000_000 * version,
    takenAt: 1,
    sizes: {
      '480': { storageKey: key('480'), width: 480, height: 360, bytes: pictures.small.length },
      '1600': { storageKey: key('1600'), width: 1600, height: 1200, bytes: bytes.length },
    },
  }
  await desk().put({ ...doc, ...(before && { _rev: before._rev }) } as never)
}

const asked = (phone: Phone, photo: PhotoFact, body: object = { variant: 'large' }) =>
  phone.fetch(`/api/images/${encodeURIComponent(imageId(photo._id))}/url`, jsonRequest(body))
async function link(
  photo: PhotoFact,
  { phone = team, ...body }: { phone?: Phone; variant?: string; for?: string; ask?: string } = {},
) {
  const answer = await asked(phone, photo, { variant: 'large', ...body })
  if (answer.status !== 201) throw new Error(await answer.text())
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { url } = (await answer.json()) as MadeImageLink
  return { path: url.slice('/i'.length), url, headers: { cookie } }
}
const bodyOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

test('[OT1] a link opens the picture once, with headers that keep it to whoever asked', async () => {
  const photo = await photographed()
  const { path, url, headers } = await link(photo)
  expect(url).toMatch(/^\/i\/[\w-]{22}$/)
  const answer = await app.request(path, { headers })
  expect(answer.status).toBe(200)
  expect((await bodyOf(answer)).equals(pictures.large)).toBe(true)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': 'private, no-store',
    'content-type': 'image/jpeg',
    'content-length': String(pictures.large.length),
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    etag: expect.stringMatching(/^"[\w-]{27}"$/),
  })
  const again = await app.request(path, { headers })
  expect(again.status).toBe(404)
  expect(outcomes()).toEqual(['opened', 'reused'])
})

test('[OT2] of 200 at once exactly one gets the picture', async () => {
  const { path, headers } = await link(await photographed())
  const answers = await Promise.all(Array.from({ length: 200 }, () => app.request(path, { headers })))
  const opened = answers.filter(({ status }) => status === 200)
  expect(opened).toHaveLength(1)
  expect((await bodyOf(opened[0]!)).equals(pictures.large)).toBe(true)
  expect(answers.filter(({ status }) => ![200, 404, 503].includes(status))).toEqual([])
})

test('[OT3] unknown, foreign, expired, revoked and used ones look the same from outside and are told apart inside', async () => {
  const photo = await photographed()
  const other = await doors.signIn('participant', { teams: ['12'] })
  const [foreign, revoked, used, expired] = await Promise.all([link(photo), link(photo), link(photo), link(photo)])
  const ids = await openLinks(doors.it, doors.event)
  const id = createHash('sha256').update(revoked.path.slice(1)).digest('hex')
  expect(ids.map((one) => one.id)).toContain(id)
  await revokeImageLink(doors.it, { event: doors.event, id, by: 'admin' })
  await app.request(used.path, { headers: used.headers })
  const answers = [
    await app.request('/AAAAAAAAAAAAAAAAAAAAAA', { headers: used.headers }),
    await app.request('/..%2f..%2fetc', { headers: used.headers }),
    await app.request(foreign.path),
    await app.request(foreign.path, { headers: { cookie: 'zekken-i-00000000=AAAA' } }),
    await app.request(foreign.path, { headers: other.bearer }),
    await app.request(revoked.path, { headers: revoked.headers }),
    await app.request(used.path, { headers: used.headers }),
  ]
  doors.clock.now += 60_000
  answers.push(await app.request(expired.path, { headers: expired.headers }))
  const seen = await Promise.all(
    answers.map(async (one) => JSON.stringify([one.status, [...one.headers], await one.text()])),
  )
  expect(new Set(seen).size).toBe(1)
  expect(outcomes()).toEqual([
    'opened',
    'unknown',
    'unknown',
    'foreign',
    'foreign',
    'foreign',
    'revoked',
    'reused',
    'expired',
  ])
})

test('[OT20] a link opens no more once its session has signed out', async () => {
  const photo = await photographed()
  const phone = await doors.signIn('participant', { teams: ['12'] })
  const [first, second] = [await link(photo, { phone }), await link(photo, { phone })]
  expect((await app.request(first.path, { headers: first.headers })).status).toBe(200)
  const leaving = { method: 'POST', headers: { cookie: phone.cookie } }
  expect((await doors.app.request('/api/login/leave', leaving)).status).toBeLessThan(300)
  expect((await app.request(second.path, { headers: second.headers })).status).toBe(404)
  expect(outcomes()).toEqual(['opened', 'foreign'])
})

test('[OT4] looking, fetching ahead and previews do not use a link up, nor does someone else', async () => {
  const { path, headers } = await link(await photographed())
  const head = await app.request(path, { method: 'HEAD', headers })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(pictures.large.length)])
  expect(head.headers.get('etag')).toBeNull()
  for (const extra of [
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'user-agent': 'Slackbot-LinkExpanding 1.0' },
    { 'user-agent': 'facebookexternalhit/1.1;line-poker/1.0' },
  ])
    expect((await app.request(path, { headers: { ...headers, ...extra } })).status).not.toBe(200)
  expect((await app.request(path)).status).toBe(404)
  const phone = 'Mozilla/5.0 (Linux; Android 10; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36'
  expect((await app.request(path, { headers: { ...headers, 'user-agent': phone } })).status).toBe(200)
})

test('[OT5] a broken transfer goes on for whoever has its first bytes, and for nobody else', async () => {
  const { path, headers } = await link(await photographed())
  const first = await app.request(path, { headers })
  const reader = first.body!.getReader()
  const { value } = await reader.read()
  await reader.cancel()
  const have = value!.length
  const range = { range: `bytes=${have}-` }
  expect((await app.request(path, { headers: { ...headers, ...range } })).status).toBe(404)
  expect((await app.request(path, { headers: { ...headers, ...range, 'if-range': '"guess"' } })).status).toBe(404)
  const proof = { 'if-range': first.headers.get('etag')! }
  expect((await app.request(path, { headers: { ...headers, range: 'bytes=0-', ...proof } })).status).toBe(404)
  expect((await app.request(path, { headers: { ...range, ...proof } })).status).toBe(404)
  const rest = await app.request(path, { headers: { ...headers, ...range, ...proof } })
  expect([rest.status, rest.headers.get('content-range')]).toEqual([
    206,
    `bytes ${have}-${pictures.large.length - 1}/${pictures.large.length}`,
  ])
  expect(Buffer.concat([value!, await bodyOf(rest)]).equals(pictures.large)).toBe(true)
  doors.clock.now += 60_000
  expect((await app.request(path, { headers: { ...headers, ...range, ...proof } })).status).toBe(404)
})

test('[OT6] a link that is open when the picture changes leads to the new one', async () => {
  const photo = await photographed(0)
  const { path, headers } = await link(photo)
  const newer = jpeg(400_000)
  await develop(photo, { version: 2, bytes: newer })
  expect((await bodyOf(await app.request(path, { headers }))).equals(newer)).toBe(true)
})

test('[OT19] whoever names WebP among what it reads is shown that; what is saved is a JPEG, and so is what anyone else gets', async () => {
  const photo = await photographed()
  const { _rev, ...doc } = (await desk().get(imageId(photo._id))) as unknown as ImageDoc
  const webp = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), Buffer.alloc(3000)])
  await doors.storage.put('made/1600.webp', webp)
  const size = { storageKey: 'made/1600.webp', width: 1600, height: 1200, bytes: webp.length }
  await desk().put({ ...doc, _rev, sizes: { ...doc.sizes, '1600.webp': size } } as never)
  const typeOf = async (accept: string | undefined, purpose = 'view') => {
    const { path, headers } = await link(photo, { for: purpose })
    const answer = await app.request(path, { headers: { ...headers, ...(accept !== undefined && { accept }) } })
    expect(answer.headers.get('vary')).toBe('accept')
    return [answer.headers.get('content-type'), (await bodyOf(answer)).length]
  }
  const [modern, plain] = [
    ['image/webp', webp.length],
    ['image/jpeg', pictures.large.length],
  ]
  const browser = 'image/avif,image/webp,image/*,*/*;q=0.8'
  expect(await typeOf(browser)).toEqual(modern)
  expect(await typeOf(browser, 'download')).toEqual(plain)
  for (const other of [undefined, '*/*', 'image/*', 'image/webp;q=0, */*', 'image/webpx'])
    expect([other, ...(await typeOf(other))]).toEqual([other, ...plain!])
  const reviewed = async (accept: string) =>
    (await judge.fetch(`/api/images/${encodeURIComponent(imageId(photo._id))}/1600`, { headers: { accept } })).headers
  expect((await reviewed(browser)).get('content-type')).toBe('image/webp')
  expect((await reviewed('*/*')).get('content-type')).toBe('image/jpeg')
  expect((await reviewed(browser)).get('etag')).not.toBe((await reviewed('*/*')).get('etag'))
  expect((await reviewed(browser)).get('vary')).toContain('accept')
})

test('[OT7] who may not see a picture gets no link; an original is for judges', async () => {
  const photo = await photographed()
  const stranger = await doors.signIn('participant', { teams: ['7'] })
  const staff = await doors.signIn('staff')
  for (const phone of [stranger, staff]) expect((await asked(phone, photo)).status).toBe(403)
  expect((await asked(team, photo, { variant: 'original' })).status).toBe(403)
  expect((await asked(judge, photo, { variant: 'original' })).status).toBe(404)
  expect((await asked(team, photo, { variant: '../x' })).status).toBe(400)
  expect((await doors.app.request(`/api/images/${photo._id}/url`, jsonRequest({ variant: 'large' }))).status).toBe(401)
  const small = await link(photo, { phone: judge, variant: 'screen', for: 'download' })
  const answer = await app.request(small.path, { headers: judge.bearer })
  expect((await bodyOf(answer)).equals(pictures.small)).toBe(true)
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="12-\w{8}-screen\.jpg"$/)
})

test('[OT8] whoever finds it busy has not used it up', async () => {
  const slots = transferSlots({ inAll: 1 })
  const tight = openImage({ it: doors.it, storage: doors.storage, slots })
  const photo = await photographed()
  const [one, other] = [await link(photo), await link(photo)]
  const slow = await tight.request(one.path, { headers: one.headers })
  const busy = await tight.request(other.path, { headers: other.headers })
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '1'])
  await bodyOf(slow)
  expect((await tight.request(other.path, { headers: other.headers })).status).toBe(200)
})

test('[OT9] a storage that fails does not use it up', async () => {
  const photo = await photographed()
  const { path, headers } = await link(photo)
  const broken = openImage({
    it: doors.it,
    storage: { ...doors.storage, stream: () => Promise.reject(new Error('the bucket is away')) },
  })
  expect((await broken.request(path, { headers })).status).toBe(500)
  expect((await app.request(path, { headers })).status).toBe(200)
})

test('[OT21] a slow reader is not read ahead: what it has not taken yet stays in the storage', async () => {
  const photo = await photographed()
  const { path, headers } = await link(photo)
  const chunk = new Uint8Array(65_536)
  chunk.set([0xff, 0xd8, 0xff])
  let given = 0
  const endless = openImage({
    it: doors.it,
    storage: {
      ...doors.storage,
      size: async () => 1000 * chunk.length,
      stream: async (_key, range) => ({
        bytes: range ? range.to - range.from + 1 : 1000 * chunk.length,
        body: new ReadableStream<Uint8Array>({
          pull(controller) {
            if (range) {
              controller.enqueue(chunk.subarray(range.from, range.to + 1))
              controller.close()
            } else if (++given > 1000) controller.close()
            else controller.enqueue(chunk)
          },
        }),
      }),
    },
  })
  const answer = await endless.request(path, { headers })
  expect(answer.status).toBe(200)
  const reader = answer.body!.getReader()
  await reader.read()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(given).toBeLessThan(5)
  await reader.cancel()
  expect(given).toBeLessThan(5)
})

test('[OT10] the database keeps no token, and forgets links an hour after their end', async () => {
  const { path } = await link(await photographed())
  const docs = async () =>
    JSON.stringify(await doors.it.office.all({ startkey: 'link:', endkey: 'link;', includeDocs: true }))
  expect(await docs()).not.toContain(path.slice(1))
  doors.clock.now += 60_000
  expect(await openLinks(doors.it, doors.event)).toEqual([])
  await tidyLinks(doors.it)
  expect(await docs()).toContain(doors.event)
  doors.clock.now += 3_600_000
  await tidyLinks(doors.it)
  expect(await docs()).not.toContain(doors.event)
})

test('[OT11] the page of a closed link says what to do in the reader’s language', async () => {
  const ja = await app.request('/x', { headers: { 'accept-language': 'ja,en;q=0.5' } })
  const en = await app.request('/x', { headers: { 'accept-language': 'fr,en;q=0.5' } })
  expect([ja.status, en.status]).toEqual([404, 404])
  expect(await ja.text()).toContain('アプリに戻り')
  expect(await en.text()).toContain('Go back to the app')
})

test('[OT12] whether a picture has changed costs a header when it has not', async () => {
  team = await doors.signIn('participant', { teams: ['12'] })
  const photo = await photographed(1)
  const path = `/api/images/${encodeURIComponent(photo._id)}/updated`
  const first = await team.fetch(`${path}?since=0`)
  expect((await first.json()) as ImageUpdated).toEqual({ updated: true, version: 1, changedAt: 1_000_000 })
  expect(await (await team.fetch(`${path}?since=1000000`)).json()).toMatchObject({ updated: false })
  const etag = first.headers.get('etag')!
  expect((await team.fetch(path, { headers: { 'if-none-match': etag } })).status).toBe(304)
  await develop(photo, { version: 2, bytes: pictures.large })
  const changed = await team.fetch(`${path}?since=1000000`, { headers: { 'if-none-match': etag } })
  expect(await changed.json()).toEqual({ updated: true, version: 2, changedAt: 2_000_000 })
  expect((await team.fetch(`${path}?since=yesterday`)).status).toBe(400)
})

test('[OT13] a picture asked for without a signal is offered to the phone that asked, which alone exchanges it for a link', async () => {
  const teamDatabase = await doors.databaseFor('team', '12')
  const photo = await photographed()
  const ask = team.fact('ask', { team: '12', photo: photo._id, variant: 'large' })
  expect((await team.push([ask])).status).toBeLessThan(300)
  const factsOf = async () => new Map([['12', [photo, ask] as never[]]])
  const now = () => doors.clock.now
  const effects = await offerLinks.handle(['12'], { event: doors.event, now, factsOf } as never)
  const offered = effects.flatMap((effect) => (effect.do === 'put' ? [effect.doc] : []))
  expect(offered).toMatchObject([{ _id: offerId(ask._id), state: 'open', device: team.session.device }])
  expect(JSON.stringify(offered)).not.toContain('/i/')
  await doors.couch.database(teamDatabase).put(offered[0] as never)
  const claim = { variant: 'large', ask: ask._id }
  const mate = await doors.signIn('participant', { teams: ['12'] })
  expect((await asked(mate, photo, claim)).status).toBe(403)
  expect((await asked(team, photo, { ...claim, variant: 'screen' })).status).toBe(404)
  const { path, headers } = await link(photo, claim)
  expect((await app.request(path, { headers })).status).toBe(200)
  doors.clock.now += 24 * 3_600_000
  const later = await offerLinks.handle(['12'], { event: doors.event, now, factsOf } as never)
  expect(later).toEqual([{ do: 'remove', at: { kind: 'team', team: '12' }, id: offerId(ask._id) }])
})
