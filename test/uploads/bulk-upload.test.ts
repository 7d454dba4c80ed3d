import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkpointDoc, eventDoc, north, start } from '../rules/make-facts.ts'
import { cameraClock, drawPhoto } from '../support/draw-photo.ts'
import { batchOf, openUploads } from './open-uploads.ts'

/** Photographs that tell where they were taken. They lie beside the repository where they were put; no clone brings them along. */
const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'photos')

let uploads: Awaited<ReturnType<typeof openUploads>>
afterEach(() => uploads.close())

describe('the route for scripts', () => {
  beforeEach(async () => {
    uploads = await openUploads()
    uploads.clock.aheadMs = start + 300 * 60_000 - Date.now()
  })
  const shot = (seed: string, checkpoint: number, minute: number) =>
    drawPhoto({
      seed,
      ...north({ lat: 35.36, lng: 138.72 }, checkpoint * 1000),
      local: cameraClock(start + minute * 60_000, 9),
    })

  test.each(['/bulk-upload-photos/', '/api/bulk-upload-photos/'])(
    '[KR20] %s makes check-ins and says what became of each file',
    async (at) => {
      const photos = {
        '12_a.jpg': await shot('a', 1, 20),
        '12_b.jpg': await shot('b', 1, 49),
        'c.jpg': await shot('c', 2, 60),
        'd.txt': new TextEncoder().encode('hello'),
        '99_e.jpg': await drawPhoto({ seed: 'e' }),
      }
      const { status, body } = await uploads.script(photos, {}, { at })
      expect(status).toBe(200)
      expect(body).toMatchObject({ status: 'OK', message: '2 of 5 files are check-ins.' })
      expect(
        body.results.map(({ file, status: of, reason, checkin_id }) => [file, of, reason, checkin_id !== null]),
      ).toEqual([
        ['12_a.jpg', 'AUTO_APPROVED', 'ok', true],
        ['12_b.jpg', 'REJECTED', 'duplicate', true],
        ['c.jpg', 'PENDING', 'no-team', false],
        ['d.txt', 'REJECTED', 'unsupported', false],
        ['99_e.jpg', 'PENDING', 'no-team no-time no-position', false],
      ])
      const again = await uploads.script(photos, { zekken_number: '34', batch: body.batch })
      expect(again.body.results.map(({ checkin_id }) => checkin_id)).toEqual(
        body.results.map(({ checkin_id }) => checkin_id),
      )
      const other = await uploads.script({ 'c.jpg': photos['c.jpg'] }, { zekken_number: '３４' })
      expect(other.body.results).toMatchObject([
        { status: 'AUTO_APPROVED', checkin_id: expect.stringMatching(/^34:checkin:/) },
      ])
    },
  )

  test('[KR21] what is wrong is said in the shape that callers know', async () => {
    const photos = { '12_a.jpg': await shot('a', 1, 20) }
    expect(await uploads.script(photos, { event_code: 'other' })).toMatchObject({
      status: 403,
      body: { status: 'ERROR' },
    })
    expect(await uploads.script({})).toMatchObject({
      status: 400,
      body: { status: 'ERROR', message: expect.stringContaining('photos: missing') },
    })
    expect(await uploads.script(photos, {}, { role: 'participant' })).toMatchObject({ status: 403 })
    const bad = await uploads.app.request('/bulk-upload-photos/', {
      method: 'POST',
      headers: { authorization: `Bearer ${await uploads.token('admin')}`, 'content-type': 'multipart/form-data' },
      body: 'x',
    })
    expect(bad.status).toBe(400)
    for (let n = 0; n < 10; n++) await uploads.script(photos, { batch: batchOf(n) })
    expect((await uploads.script(photos, { batch: batchOf(0) })).status).toBe(200)
    expect(await uploads.script(photos)).toMatchObject({
      status: 429,
      body: { message: expect.stringMatching(/^ZK-UPLOAD-001 /) },
    })
  })

  test('[KR22] the same files sent at once are one check-in each', async () => {
    const photos = { '12_a.jpg': await shot('a', 1, 20), '12_b.jpg': await shot('b', 2, 40) }
    const answers = await Promise.all([1, 2, 3].map((n) => uploads.script(photos, { batch: batchOf(n) })))
    const ids = answers.map(({ body }) => body.results.map(({ checkin_id }) => checkin_id))
    expect(new Set(ids.map((one) => one.join())).size).toBe(1)
    expect((await uploads.log()).filter((doc) => doc?.type === 'checkin')).toHaveLength(2)
  })
})

describe.skipIf(!existsSync(folder))('photographs that tell where they were taken', () => {
  const places = {
    'DSCN0010.jpg': { lat: 43.467448, lng: 11.885127, at: '2008-10-22T14:28:39.000Z' },
    'DSCN0012.jpg': { lat: 43.467157, lng: 11.885395, at: '2008-10-22T14:29:49.000Z' },
    'DSCN0021.jpg': { lat: 43.467082, lng: 11.884538, at: '2008-10-22T14:38:20.000Z' },
  }
  const begins = Date.parse('2008-10-22T14:00:00Z')
  beforeEach(async () => {
    const event = eventDoc({
      timeZone: 'Europe/Rome',
      startsAt: begins,
      endsAt: begins + 3_600_000,
      classes: [{ id: 'a', name: { ja: 'A', en: 'A' }, startsAt: begins, limitMinutes: 60 }],
    })
    const checkpoints = Object.values(places).map(({ lat, lng }, n) =>
      checkpointDoc(`${n + 1}`, { lat, lng, radiusMeters: 10 }),
    )
    uploads = await openUploads({ event, checkpoints })
  })
  const photographs = async () =>
    Object.fromEntries(
      await Promise.all(Object.keys(places).map(async (name) => [name, await readFile(join(folder, name))] as const)),
    )

  test('[UP30] from a bulk upload they land where they were taken, at the second', async () => {
    const batch = batchOf(1)
    await uploads.begin(batch, { team: '12' })
    for (const [name, bytes] of Object.entries(await photographs())) await uploads.send(batch, name, bytes)
    await uploads.take(batch)
    await uploads.settled()
    const { view } = await uploads.deps.desks.of('demo')
    const got = [...view.verdicts.values()].sort((a, b) => a.at - b.at)
    expect(got.map(({ checkpoint, at, status }) => [checkpoint, new Date(at).toISOString(), status])).toEqual(
      Object.values(places).map(({ at }, n) => [`${n + 1}`, at, 'AUTO_APPROVED']),
    )
    for (const verdict of got) expect(verdict.distanceMeters).toBeLessThan(1)
  })
  test('[UP30] and from a script', async () => {
    const { body } = await uploads.script(await photographs(), { zekken_number: '12' })
    expect(body.results.map(({ status, reason }) => `${status} ${reason}`)).toEqual(Array(3).fill('AUTO_APPROVED ok'))
    const facts = (await uploads.log()).filter((doc) => doc?.type === 'checkin')
    expect(facts.map((doc) => new Date(doc!.at as number).toISOString()).sort()).toEqual(
      Object.values(places).map(({ at }) => at),
    )
  })
})
