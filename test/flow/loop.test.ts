import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../app/store/open-store.ts'
import type { Store } from '../../app/store/types.ts'
import type { Card } from '../../design-docs/derived.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { createLink, type Link } from '../store/support/link.ts'
import { createDevice } from '../store/support/memory-ports.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'

type Phone = { store: Store; link: Link }

let zekken: Zekken
let staff: Phone
let team: Phone

beforeAll(async () => {
  zekken = await startZekken()
  staff = await signIn('staff', '受付 佐藤')
  team = await signIn('participant', '長良川ランナーズ', ['101'])
}, 120_000)
afterAll(async () => {
  await staff?.store.close()
  await team?.store.close()
  await zekken?.end()
})

test('the loop: recorded without signal, killed in the middle, judged, approved, and every phone sees it', async () => {
  await synced(staff, () => cardOn(staff.store, '128')?.name === '里山ハイカーズ')

  expect([...staff.store.mirrors.roster.docs.value.values()]).toContainEqual(
    expect.objectContaining({ type: 'person', name: '受付 佐藤' }),
  )

  // No signal. A staff phone scans a bib, a team photographs itself 64 m from where it should be.
  staff.link.cut()
  team.link.cut()
  const scanned = await staff.store.outbox.append({
    type: 'checkin',
    team: '128',
    checkpoint: '34',
    method: 'qr',
    verified: true,
    bibIssue: 1,
  })
  const position = { lat: 35.4378 + 64 / 111_195, lng: 136.7755, accuracyMeters: 12 }
  const own = await team.store.outbox.append({
    type: 'checkin',
    team: '101',
    checkpoint: '18',
    method: 'photo',
    verified: false,
    position,
  })
  const pictures = await takePicture()
  const photo = await team.store.outbox.appendPhoto(
    {
      type: 'photo',
      team: '101',
      checkin: own._id,
      purpose: 'checkin',
      takenAt: own.at,
      position,
      width: 1600,
      height: 1200,
      contentType: 'image/jpeg',
    },
    pictures,
  )
  await staff.store.sync()
  await team.store.sync()
  expect(staff.store.status.unsent.value).toBe(1)
  expect(team.store.status.photosUnsent.value.count).toBe(1)

  // The server loses its power and comes back; then the phones meet it.
  await zekken.stop('SIGKILL')
  staff.link.restore()
  team.link.restore()
  await staff.store.sync()
  expect(staff.store.status.unsent.value).toBe(1)
  await zekken.start()
  await synced(staff, () => staff.store.status.safeToClose.value)
  await synced(team, () => team.store.status.safeToClose.value)
  expect(staff.store.status.unsent.value).toBe(0)
  expect(team.store.status.photosUnsent.value.count).toBe(0)

  // The staff's scan counts by itself; the team's waits for a person, with the figures.
  await synced(staff, () => cardOn(staff.store, '128')?.points.provisional === 34)
  await synced(team, () => cardOf(team.store, '101')?.points.pending === 18)
  expect(cardOn(staff.store, '128')?.checkpoints[0]?.checkin).toBe(scanned._id)
  const row = cardOf(team.store, '101')?.checkpoints[0]
  expect(row).toMatchObject({ status: 'PENDING', reasons: ['too-far'], photo: photo._id })
  expect(row?.distanceMeters).toBeCloseTo(64, 0)

  // A judge finds it in the queue, with the picture that the server made of the original, and approves.
  const item = await eventually(async () => {
    const { items } = (await zekken.get(`/api/events/${zekken.event}/review`, 'judge')) as { items: ReviewItem[] }
    return items.find(({ checkin, image }) => checkin === own._id && image?.version === 1)
  })
  expect(item.team).toBe('101')
  const picture = await fetch(`${zekken.url}/api/images/${encodeURIComponent(photo._id)}/480`, {
    headers: { authorization: `Bearer ${await zekken.token('judge')}` },
  })
  const { width } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata()
  expect(width).toBe(480)
  await zekken.post(
    `/api/events/${zekken.event}/decisions`,
    { kind: 'review', id: decisionId, ageMs: 0, action: 'APPROVED', checkin: own._id, comment: '写っています' },
    'judge',
  )

  // Every phone sees it, and the ranking counts it.
  await synced(team, () => cardOf(team.store, '101')?.points.confirmed === 18)
  await synced(staff, () => cardOn(staff.store, '101')?.points.confirmed === 18)
  expect(cardOf(team.store, '101')?.checkpoints[0]).toMatchObject({ status: 'APPROVED', comment: '写っています' })
  await eventually(async () => {
    const { ranking } = (await zekken.get(`/api/events/${zekken.event}/rankings/three`)) as {
      ranking: { rows: RankedRow[] }
    }
    return ranking.rows.find((one) => one.team === '101' && one.confirmed === 18 && one.net === 18)
  })
}, 120_000)

const decisionId = '01K8Z0000000000000000000A0'
type ReviewItem = { checkin: string; team: string; image: { version: number } | null }
type RankedRow = { team: string; confirmed: number; net: number }

async function signIn(role: Role, name: string, teams: string[] = []): Promise<Phone> {
  const device = createDevice()
  const link = createLink(() => zekken.url)
  const store = await openStore(device.load(link.fetch).ports, { replication: 'manual' })
  const token = (await zekken.invite(role, name, teams)).split('#invite=')[1] ?? ''
  const signed = await store.session.signIn(token, device.name)
  if (!signed.ok) throw new Error(JSON.stringify(signed))
  return { store, link }
}

const cardOn = (store: Store, number: string) =>
  store.mirrors.roster.docs.value.get(`card:${number}`) as Card | undefined
const cardOf = (store: Store, number: string) =>
  store.mirrors.team(number).docs.value.get(`card:${number}`) as Card | undefined

/** Syncs until it holds; the test's own time limit is the only one. */
async function synced({ store }: Phone, holds: () => boolean): Promise<void> {
  for (;;) {
    await store.sync()
    if (holds()) return
  }
}

async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
  }
}

async function takePicture(): Promise<{ original: Blob; preview: Blob }> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const picture = sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#357', noise } })
  const original = await picture.jpeg({ quality: 80 }).toBuffer()
  const preview = await sharp(original).resize(150, 105).jpeg({ quality: 40 }).toBuffer()
  const blob = (bytes: Buffer) => new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })
  return { original: blob(original), preview: blob(preview) }
}
