import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import type { AlikePair, BatchView } from '../../design-docs/uploads.ts'
import { north, start } from '../rules/make-facts.ts'
import { drawHeic } from '../support/draw-heic.ts'
import { cameraClock, type Drawn, drawPhoto } from '../support/draw-photo.ts'
import { batchOf, openUploads, sha256 } from './open-uploads.ts'

let uploads: Awaited<ReturnType<typeof openUploads>>
beforeAll(async () => {
  uploads = await openUploads()
  // What is uploaded was taken before: the event of the tests lies in the past of this clock.
  uploads.clock.aheadMs = start + 300 * 60_000 - Date.now()
})
afterAll(() => uploads.close())

const town = { lat: 35.36, lng: 138.72 }
/** At a checkpoint of the plan, so many minutes after the start by a Japanese clock. */
const shot = (seed: string, checkpoint: number, minute: number, more: Partial<Drawn> = {}) =>
  drawPhoto({ seed, ...north(town, checkpoint * 1000), local: cameraClock(start + minute * 60_000, 9), ...more })

async function takeAll(batch: string) {
  for (let left = 1; left > 0; ) left = (await uploads.take(batch)).body.left
}

describe('a batch', () => {
  test('[UP10] is looked at before it is taken, and what was foreseen is what becomes of each file', async () => {
    const batch = batchOf(10)
    await uploads.begin(batch)
    await uploads.send(batch, '12/a.jpg', await shot('a', 1, 20))
    await uploads.send(batch, '12/b.jpg', await shot('b', 1, 40))
    await uploads.send(batch, '12/c.jpg', await shot('c', 1, 50))
    await uploads.send(batch, '12/d.jpg', await shot('d', 2, 60, { accuracyMeters: 300 }))
    await uploads.send(batch, '12/e.jpg', await shot('e', 3, -120))
    await uploads.send(batch, '12/f.jpg', await shot('f', 3, 80, { format: 'png', accuracyMeters: 8 }))
    const heic = await drawHeic({ seed: 'g', ...north(town, 4000), local: cameraClock(start + 100 * 60_000, 9) })
    await uploads.send(batch, '12/g.heic', heic)
    const codes = (rows: Awaited<ReturnType<typeof uploads.rows>>) =>
      Object.fromEntries(
        [...rows].map(([name, { status, codes: all }]) => [name.slice(3, 4), `${status} ${all.join(' ')}`]),
      )
    const foreseen = {
      a: 'AUTO_APPROVED ok',
      b: 'REJECTED duplicate',
      c: 'AUTO_APPROVED ok',
      d: 'PENDING low-accuracy',
      e: 'PENDING outside-period',
      f: 'AUTO_APPROVED ok',
      g: 'AUTO_APPROVED ok',
    }
    const before = await uploads.rows(batch)
    expect(codes(before)).toEqual(foreseen)
    expect([...before.values()].every(({ state, checkin }) => state === 'ready' && checkin === null)).toBe(true)
    expect((await uploads.log()).filter((doc) => doc?.type === 'checkin')).toEqual([])

    await takeAll(batch)
    await uploads.settled()
    const after = await uploads.rows(batch)
    expect(codes(after)).toEqual(foreseen)
    const { view } = await uploads.deps.desks.of('demo')
    for (const row of after.values()) {
      const verdict = view.verdicts.get(row.checkin!)
      expect(verdict).toMatchObject({ status: row.status, team: '12', by: 'admin', method: 'upload', at: row.at })
    }
    expect(
      view.cards
        .get('12')
        ?.checkpoints.map(({ checkpoint }) => checkpoint)
        .sort(),
    ).toEqual(['1', '2', '3', '4'])
    const photo = (await uploads.log()).find(
      (doc) => doc?._id === after.get('12/f.jpg')!.checkin!.replace('checkin', 'photo'),
    )
    expect(photo).toMatchObject({ contentType: 'image/png', exif: { at: start + 80 * 60_000 } })
    expect(view.images.get(photo!._id)).toMatchObject({ version: 1, sizes: { 480: {} } })
    // The HEIC file is kept as it came, and shown as pictures that every browser reads.
    const kept = after.get('12/g.heic')!.checkin!.replace('checkin', 'photo')
    expect(view.images.get(kept)).toMatchObject({ version: 1, sizes: { 1600: { width: 320 }, 480: {} } })
    expect(await uploads.storage.get(`demo/upload/${sha256(heic)}`)).toEqual(Buffer.from(heic))
  })

  test('[UP43] more than one try takes is taken in several, each telling how many are left, and every file once', async () => {
    const batch = batchOf(43)
    await uploads.begin(batch)
    const files = 120
    for (let n = 0; n < files; n++) {
      const photo = await shot(`many ${n}`, 1 + (n % 3), 100 + n / 4, { width: 80 })
      await uploads.send(batch, `34/P${1000 + n}.jpg`, photo)
    }
    const told = []
    for (let left = 1; left > 0; left = told.at(-1)!.left) told.push((await uploads.take(batch)).body)
    expect(told.map(({ taken, left }) => [taken, left])).toEqual([
      [50, 70],
      [50, 20],
      [20, 0],
    ])
    const rows = [...(await uploads.rows(batch)).values()]
    expect(new Set(rows.map(({ checkin }) => checkin)).size).toBe(files)
    const log = await uploads.log()
    for (const type of ['photo', 'original', 'checkin'])
      expect(log.filter((doc) => doc?.type === type && doc._id.startsWith('34:'))).toHaveLength(files)
  })

  test('[UP11] sent again, taken again, uploaded again in another batch: nothing is there twice', async () => {
    const [batch, other] = [batchOf(11), batchOf(12)]
    const photo = await shot('again', 5, 150)
    await uploads.begin(batch)
    for (let n = 0; n < 3; n++) expect((await uploads.send(batch, '12/again.jpg', photo)).status).toBe(200)
    await uploads.send(batch, '12/copy.jpg', photo)
    await Promise.all([uploads.take(batch), uploads.take(batch)])
    await takeAll(batch)
    await uploads.begin(other)
    await uploads.send(other, '12/later.jpg', photo)
    await takeAll(other)
    const mine = (await uploads.log()).filter((doc) => doc?.checkpoint === '5')
    expect(mine).toHaveLength(1)
    const [first, later] = [await uploads.rows(batch), await uploads.rows(other)]
    expect(first.get('12/again.jpg')).toMatchObject({
      state: 'taken',
      checkin: mine[0]!._id,
      paths: ['12/again.jpg', '12/copy.jpg'],
    })
    expect(later.get('12/later.jpg')).toMatchObject({
      state: 'taken',
      codes: ['already-uploaded', 'ok'],
      checkin: mine[0]!._id,
    })
  })

  test('[UP12] what a crash left between facts and note is noted by the next try', async () => {
    const batch = batchOf(13)
    await uploads.begin(batch)
    await uploads.send(batch, '34/x.jpg', await shot('crash', 5, 10))
    await takeAll(batch)
    const desk = uploads.couch.database('zk-demo-desk')
    const [row] = (await uploads.rows(batch)).values()
    const file = await desk.get(`batch-file:${batch}:${row!.sha256}`)
    const { taken, ...untaken } = file!
    expect(taken).toMatchObject({ before: false })
    await desk.put(untaken as typeof file & object)
    const before = (await uploads.log()).length
    await takeAll(batch)
    expect((await uploads.log()).length).toBe(before)
    expect((await uploads.rows(batch)).get('34/x.jpg')).toMatchObject({ state: 'taken', checkin: row!.checkin })
  })

  test('[UP13] a reload asks which contents are there, and goes on with the same batch of the ten an hour', async () => {
    const judge = uploads.caller('judge', 'busy')
    const photo = await shot('reload', 1, 5)
    for (let n = 20; n < 30; n++) expect((await uploads.begin(batchOf(n), {}, judge)).status).toBe(200)
    expect(await uploads.begin(batchOf(30), {}, judge)).toMatchObject({
      status: 429,
      body: { error: { code: 'ZK-UPLOAD-001' } },
    })
    expect((await uploads.begin(batchOf(20), {}, judge)).status).toBe(200)
    await uploads.send(batchOf(20), 'x.jpg', photo, judge)
    const known = await judge.ask('POST', uploads.path(batchOf(20), '/known'), {
      hashes: [sha256(photo), 'a'.repeat(64)],
    })
    expect(known.body).toEqual({ known: [sha256(photo)] })
    uploads.clock.aheadMs += 61 * 60_000
    expect((await uploads.begin(batchOf(30), {}, judge)).status).toBe(200)
    uploads.clock.aheadMs -= 61 * 60_000
  })
})

describe('what needs a person', () => {
  test('[UP14] waits with all that it lacks, and becomes a check-in when that is said', async () => {
    const batch = batchOf(40)
    const bare = await drawPhoto({ seed: 'bare' })
    const far = await shot('far', 1.3, 30)
    await uploads.begin(batch)
    await uploads.send(batch, 'bare.png', bare)
    await uploads.send(batch, '34/far.jpg', far)
    const rows = await uploads.rows(batch)
    expect(rows.get('bare.png')).toMatchObject({ state: 'waiting', codes: ['no-team', 'no-time', 'no-position'] })
    expect(rows.get('34/far.jpg')).toMatchObject({
      state: 'waiting',
      codes: ['too-far'],
      figures: { nearest: '1', distanceMeters: 300 },
    })
    await takeAll(batch)
    expect((await uploads.rows(batch)).get('bare.png')?.state).toBe('waiting')

    await uploads.choose(batch, [bare], { team: '34', checkpoint: '2', at: start + 90 * 60_000 })
    const said = await uploads.choose(batch, [far], { checkpoint: '1' })
    const shown = said.body.rows.map(({ state, status, codes }) => [state, status, ...codes])
    expect(shown).toEqual([
      ['ready', 'PENDING', 'no-position'],
      ['ready', 'PENDING', 'too-far'],
    ])
    const core = uploads.caller('core')
    expect((await uploads.choose(batch, [bare], { at: start }, core)).status).toBe(403)
    await uploads.choose(batch, [bare], { team: null })
    expect((await uploads.rows(batch)).get('bare.png')?.codes).toEqual(['no-team'])
    const whole = await uploads.admin.ask<BatchView>('POST', uploads.path(batch, '/settings'), { team: '34' })
    expect(whole.body.rows[0]).toMatchObject({ team: '34', teamFrom: 'batch', state: 'ready' })
    await takeAll(batch)
    expect([...(await uploads.rows(batch)).values()].map(({ state }) => state)).toEqual(['taken', 'taken'])
  })

  test('[UP5] a photographed clock corrects all times of its batch, until the first is taken', async () => {
    const batch = batchOf(41)
    const clock = await drawPhoto({ seed: 'clock', local: cameraClock(start + 200_000, 9) })
    const photo = await shot('slow', 4, 13)
    await uploads.begin(batch)
    await uploads.send(batch, 'clock.jpg', clock)
    await uploads.send(batch, '34/x.jpg', photo)
    const settings = (body: object) => uploads.admin.ask<BatchView>('POST', uploads.path(batch, '/settings'), body)
    const { body } = await settings({ clock: { file: sha256(clock), shownAt: start } })
    expect(body.batch.clocks).toMatchObject([{ camera: 'Zekken Test', errorMs: 200_000 }])
    expect(body.rows.map(({ codes, at }) => [codes[0], at])).toEqual([
      ['clock-photo', start],
      ['ok', start + 13 * 60_000 - 200_000],
    ])
    await takeAll(batch)
    await uploads.settled()
    const [fact] = (await uploads.log()).filter(
      (doc) => doc?._id === body.rows[1]!.checkin || (doc?.team === '34' && doc.checkpoint === '4'),
    )
    expect(fact).toMatchObject({ at: start + 580_000, deviceAt: start + 780_000, offsetMs: -200_000 })
    expect(await settings({ clock: { file: sha256(clock), shownAt: null } })).toMatchObject({
      status: 409,
      body: { error: { code: 'ZK-UPLOAD-002' } },
    })
  })

  test('[UP5] each camera of a batch has its own error, and photos of one that are taken leave the others’ free', async () => {
    const batch = batchOf(57)
    const [one, two] = [
      { model: 'Mate', serial: 'A1' },
      { model: 'Mate', serial: 'A2' },
    ]
    const ahead = await drawPhoto({ seed: 'clock 1', local: cameraClock(start + 60_000, 9), ...one })
    const behind = await drawPhoto({ seed: 'clock 2', local: cameraClock(start - 30_000, 9), ...two })
    await uploads.begin(batch)
    await uploads.send(batch, 'clock1.jpg', ahead)
    await uploads.send(batch, 'clock2.jpg', behind)
    await uploads.send(batch, '34/p.jpg', await shot('by one', 2, 150, one))
    await uploads.send(batch, '34/q.jpg', await shot('by two', 3, 160, two))
    const settings = (body: object) => uploads.admin.ask<BatchView>('POST', uploads.path(batch, '/settings'), body)
    await settings({ clock: { file: sha256(ahead), shownAt: start } })
    const rows = await uploads.rows(batch)
    expect([rows.get('34/p.jpg')?.at, rows.get('34/q.jpg')?.at]).toEqual([
      start + 150 * 60_000 - 60_000,
      start + 160 * 60_000,
    ])
    // Only the first is taken: the other waits for what its clock says.
    await uploads.choose(batch, [await shot('by two', 3, 160, two)], { leave: true })
    await takeAll(batch)
    const { body } = await settings({ clock: { file: sha256(behind), shownAt: start } })
    expect(body.batch.clocks.map(({ camera, errorMs }) => [camera, errorMs])).toEqual([
      ['Zekken Mate #A1', 60_000],
      ['Zekken Mate #A2', -30_000],
    ])
    expect(body.rows.find(({ paths }) => paths[0] === '34/q.jpg')?.at).toBe(start + 160 * 60_000 + 30_000)
    const again = { clock: { file: sha256(ahead), shownAt: start + 1000 } }
    expect(await settings(again)).toMatchObject({ status: 409, body: { error: { code: 'ZK-UPLOAD-002' } } })
    const off = await settings({ clock: { file: sha256(behind), shownAt: null } })
    expect(off.body.batch.clocks.map(({ camera }) => camera)).toEqual(['Zekken Mate #A1'])
  })

  test('[UP15] a photo that another team has already is asked about; look-alikes across teams are listed', async () => {
    const batch = batchOf(42)
    const [photo, copy] = [await shot('twin', 1, 100), await shot('twin', 1, 101, { quality: 40, width: 300 })]
    await uploads.begin(batch)
    await uploads.send(batch, '12/twin.jpg', photo)
    await takeAll(batch)
    await uploads.settled()
    const second = batchOf(43)
    await uploads.begin(second)
    await uploads.send(second, '34/twin.jpg', photo)
    await uploads.send(second, '34/copy.jpg', copy)
    expect((await uploads.rows(second)).get('34/twin.jpg')).toMatchObject({
      codes: ['same-photo'],
      figures: { team: '12' },
    })
    await uploads.choose(second, [photo], { again: true })
    await takeAll(second)
    await uploads.settled()
    const { body } = await uploads.judge.ask<{ pairs: { same: boolean; bits: number; photos: { team: string }[] }[] }>(
      'GET',
      '/events/demo/alike-photos',
    )
    expect(
      body.pairs.map(({ same, photos }) => [
        same,
        photos
          .map(({ team }) => team)
          .sort()
          .join(),
      ]),
    ).toEqual([
      [true, '12,34'],
      [false, '12,34'],
    ])
    expect(body.pairs[1]!.bits).toBeLessThan(8)
  })

  test('[UP15] pictures of before that lack what look-alikes are found by get it when develop is replayed', async () => {
    const desk = uploads.couch.database(databaseName('demo', 'desk'))
    const images = async () =>
      (await desk.all({ startkey: 'image:', endkey: 'image;', includeDocs: true })).flatMap(({ doc }) => doc ?? [])
    const before = (await images()).filter(({ likeness }) => likeness)
    expect(before.length).toBeGreaterThan(1)
    for (const { sha256: _, likeness, ...doc } of before) await desk.put(doc)
    await uploads.settled()
    const pairs = async () =>
      (await uploads.admin.ask<{ pairs: AlikePair[] }>('GET', '/events/demo/alike-photos')).body.pairs.length
    expect(await pairs()).toBe(0)
    await uploads.replay('develop')
    await uploads.settled()
    const after = new Map((await images()).map((doc) => [doc._id, doc]))
    for (const { _id, sha256: hash, likeness } of before)
      expect(after.get(_id)).toMatchObject({ sha256: hash, likeness })
    expect(await pairs()).toBeGreaterThan(0)
  })

  test('[UP16] every file has its line in the table, whatever its name, and no cell is a formula', async () => {
    const batch = batchOf(44)
    await uploads.begin(batch)
    await uploads.send(batch, '=1+1.jpg', await shot('formula', 1, 100))
    await uploads.send(batch, '髙﨑/O\'Brien,\r\n"x".jpg', await shot('name', 1, 100))
    await uploads.send(batch, 'none.jpg', new Uint8Array())
    const { body } = await uploads.admin.ask<string>('GET', uploads.path(batch, '/results.csv?language=en'))
    const lines = body.split('\r\n')
    expect(lines).toHaveLength(5)
    expect(body).toContain('"\'=1+1.jpg","Needs a person","no-team"')
    expect(body).toContain('"髙﨑/O\'Brien,  ""x"".jpg"')
    const refused = await uploads.admin.ask<string>('GET', uploads.path(batch, '/results.csv?states=refused,left'))
    expect(refused.body.split('\r\n')).toHaveLength(3)
    expect(refused.body).toContain('"none.jpg","取り込めない","empty"')
  })

  test('[UP17] discarding takes what is no check-in, bytes too, and leaves what another batch has', async () => {
    const [batch, other] = [batchOf(45), batchOf(46)]
    const [mine, shared] = [await shot('mine', 1.5, 1), await shot('shared', 1.5, 2)]
    for (const one of [batch, other]) await uploads.begin(one, {}, uploads.judge)
    for (const photo of [mine, shared]) await uploads.send(batch, 'x.jpg', photo)
    await uploads.send(other, 'x.jpg', shared)
    expect((await uploads.admin.ask('DELETE', uploads.path(batch))).status).toBe(200)
    expect(await uploads.storage.has(`demo/upload/${sha256(mine)}`)).toBe(false)
    expect(await uploads.storage.has(`demo/upload/${sha256(shared)}`)).toBe(true)
    expect((await uploads.admin.ask('GET', uploads.path(batch))).status).toBe(404)
    await uploads.admin.ask('DELETE', uploads.path(batchOf(10)))
    expect((await uploads.rows(batchOf(10))).size).toBe(7)
  })
})
