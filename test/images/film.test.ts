import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import type { FactOf } from '../../design-docs/facts.ts'
import { heldId, pictureErrors } from '../../design-docs/pictures.ts'
import { retryHeld } from '../../sync-server/images/film.ts'
import { noteHeld } from '../../sync-server/images/held-pictures.ts'
import { type Doors, jpeg, openDoors, type Phone } from '../gateway/open-doors.ts'
import { hostilePictures } from '../support/hostile-pictures.ts'

let doors: Doors
let phone: Phone
beforeAll(async () => {
  doors = await openDoors()
  await doors.databaseFor('desk')
  phone = await doors.signIn('staff')
})
afterAll(() => doors.close())

type Reel = { photo: FactOf<'photo'>; bytes: Buffer; pieces: Buffer[] }
const pieceBytes = 1024
const hash = (part: Buffer) => createHash('sha256').update(part).digest('hex')

/** A photo of so many pieces, the last one short. */
async function reel(
  options: {
    pieces?: number
    bytes?: Buffer
    said?: Partial<FactOf<'photo'>>
    push?: boolean
    pieceBytes?: number
  } = {},
): Promise<Reel> {
  const { pieceBytes = 1024 } = options
  const bytes = options.bytes ?? jpeg((options.pieces ?? 3) * pieceBytes - 100)
  const pieces: Buffer[] = []
  for (let from = 0; from < bytes.length; from += pieceBytes) pieces.push(bytes.subarray(from, from + pieceBytes))
  const said = { sha256: hash(bytes), bytes: bytes.length, pieces: pieces.map(hash), pieceBytes, ...options.said }
  const photo = phone.fact('photo', said)
  if (options.push !== false) await phone.push([photo])
  return { photo: photo as FactOf<'photo'>, bytes, pieces }
}
const path = (photo: FactOf<'photo'>) => `/api/film/${encodeURIComponent(photo._id)}`
const send = (film: Reel, n: number, options: { from?: Phone; bytes?: Buffer } = {}) => {
  const headers = { 'content-type': 'application/octet-stream' }
  const body = new Uint8Array(options.bytes ?? film.pieces[n]!)
  return (options.from ?? phone).fetch(`${path(film.photo)}/${n}`, { method: 'PUT', headers, body })
}
const state = async ({ photo }: Reel) => (await phone.fetch(path(photo))).json()
const originals = async ({ photo }: Reel) => {
  const rows = await doors.couch.database(doors.log).all({ includeDocs: true })
  const docs = rows.map(({ doc }) => doc as unknown as FactOf<'original'>)
  return docs.filter((doc) => doc.type === 'original' && doc.photo === photo._id)
}
const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code

describe('pieces', () => {
  test('[FM1] pieces in any order become the original, and its receipt', async () => {
    const film = await reel()
    expect(await state(film)).toEqual({ missing: [0, 1, 2] })
    expect(await (await send(film, 2)).json()).toEqual({ missing: [0, 1] })
    expect(await (await send(film, 0)).json()).toEqual({ missing: [1] })
    expect(await (await send(film, 1)).json()).toEqual({ stored: true })
    expect(await state(film)).toEqual({ stored: true })
    const [original, ...more] = await originals(film)
    expect(more).toEqual([])
    expect(original).toMatchObject({ team: '12', as: 'server', photo: film.photo._id })
    expect(Buffer.from((await doors.storage.get(original!.storageKey))!).equals(film.bytes)).toBe(true)
    expect(await doors.storage.list(`${doors.event}/film/${film.photo._id}/`)).toEqual([])
  })

  test('[FM2] a piece sent twice, or after the receipt, changes nothing', async () => {
    const film = await reel({ pieces: 2 })
    await send(film, 0)
    expect(await (await send(film, 0)).json()).toEqual({ missing: [1] })
    await send(film, 1)
    expect(await (await send(film, 1)).json()).toEqual({ stored: true })
    expect(await originals(film)).toHaveLength(1)
    expect(await doors.storage.list(`${doors.event}/film/${film.photo._id}/`)).toEqual([])
  })

  test('[FM3] all pieces at once make one original', async () => {
    const film = await reel({ pieces: 6 })
    const answers = await Promise.all(film.pieces.map((_, n) => send(film, n)))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(await state(film)).toEqual({ stored: true })
    expect(await originals(film)).toHaveLength(1)
  })

  test('[FM4] a piece that broke on the way is refused and still missing', async () => {
    const film = await reel()
    const broken = Buffer.from(film.pieces[1]!)
    broken[5]! ^= 1
    const answer = await send(film, 1, { bytes: broken })
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'ZK-FILM-002'])
    expect(await state(film)).toEqual({ missing: [0, 1, 2] })
  })

  test('[FM5] a piece larger than the record says is stopped while it flows', async () => {
    const film = await reel()
    const answer = await send(film, 0, { bytes: Buffer.alloc(pieceBytes + 1) })
    expect([answer.status, await codeOf(answer)]).toEqual([413, 'ZK-GATE-003'])
  })

  test('[FM6] a piece that the record does not know is refused', async () => {
    const film = await reel()
    for (const n of ['3', '-1', '1.5', 'x', '9999', '..'])
      expect(
        (await phone.fetch(`${path(film.photo)}/${n}`, { method: 'PUT', body: 'x' })).status,
      ).toBeGreaterThanOrEqual(400)
    expect(await state(film)).toEqual({ missing: [0, 1, 2] })
  })

  test('[FM7] before its record has arrived a photo is not taken', async () => {
    const film = await reel({ push: false })
    const answer = await send(film, 0)
    expect([answer.status, await codeOf(answer)]).toEqual([404, 'ZK-FILM-001'])
  })

  test('[FM8] another device brings nothing for it', async () => {
    const film = await reel()
    const other = await doors.signIn('staff')
    const answer = await send(film, 0, { from: other })
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'ZK-GATE-004'])
  })

  test.each(['12:checkin:x', '..', '_design/zekken', '../../zk-office/x', '12:photo:01J8Z0000000000000000000A0'])(
    '[FM9] %s is no photo',
    async (id) => {
      const answer = await phone.fetch(`/api/film/${encodeURIComponent(id)}`)
      expect(answer.status).toBe(404)
    },
  )

  test('[FM10] a record that is not true of its pieces makes no original', async () => {
    for (const film of [await reel({ said: { sha256: 'f'.repeat(64) } }), await reel({ said: { bytes: 7 } })]) {
      for (const n of [0, 1]) await send(film, n)
      const answer = await send(film, 2)
      expect([answer.status, await codeOf(answer)]).toEqual([400, 'ZK-FILM-004'])
      expect(await originals(film)).toEqual([])
    }
  })

  test('[FM11] what is no picture by its bytes is not kept as one; its record stands and says why to those who judge', async () => {
    const answers: Record<string, [status: number, code: string]> = {
      'ZK-FILM-005': [415, 'ZK-FILM-005'],
      'ZK-FILM-006': [422, 'ZK-FILM-006'],
      'ZK-FILM-007': [422, 'ZK-FILM-007'],
    }
    const before = await doors.storage.list('')
    for (const [what, problem, bytes] of await hostilePictures()) {
      // A record of nothing, or of more than is taken, does not come in at all.
      if (problem === 'empty' || problem === 'too-large') continue
      const film = await reel({ bytes: Buffer.from(bytes), pieceBytes: 1_048_576 })
      let answer = await send(film, 0)
      for (let n = 1; n < film.pieces.length; n++) answer = await send(film, n)
      const body = (await answer.json()) as { error: { code: string; figures: object } }
      expect([what, [answer.status, body.error.code]]).toEqual([what, answers[pictureErrors[problem]]])
      expect([what, body.error.figures]).toEqual([what, { problem }])
      expect(await originals(film)).toEqual([])
      // Asked again, it is known, and nothing is sent twice.
      const again = await phone.fetch(path(film.photo))
      expect([again.status, await codeOf(again)]).toEqual([answer.status, body.error.code])
      const held = await doors.couch.database(databaseName(doors.event, 'desk')).get(heldId(film.photo._id))
      expect(held).toMatchObject({ state: 'refused', problem, photo: film.photo._id, team: '12', tries: 1 })
    }
    expect(await doors.storage.list('')).toEqual(before)
  }, 30_000)

  test('[FM16] what was refused is taken when somebody lets it be looked at again', async () => {
    const film = await reel({ pieces: 1 })
    await noteHeld(doors.it, film.photo, { state: 'refused', problem: 'damaged' })
    expect((await send(film, 0)).status).toBe(422)
    expect(await retryHeld(doors, { event: doors.event, id: heldId(film.photo._id) })).toBe(true)
    expect(await (await send(film, 0)).json()).toEqual({ stored: true })
    expect(await retryHeld(doors, { event: doors.event, id: heldId(film.photo._id) })).toBe(false)
  })

  test('[FM12] when the store was restored without the original the phone is asked for it again', async () => {
    const film = await reel({ pieces: 1 })
    await send(film, 0)
    const [original] = await originals(film)
    await doors.storage.delete(original!.storageKey)
    expect(await state(film)).toEqual({ missing: [0] })
    expect(await (await send(film, 0)).json()).toEqual({ stored: true })
    expect(await originals(film)).toHaveLength(1)
  })

  test('[FM13] after a crash between store and record the next question completes it', async () => {
    const film = await reel({ pieces: 1 })
    const database = doors.couch.database
    doors.couch.database = (name) => {
      const found = database(name)
      return { ...found, put: (doc) => (doc.type === 'original' ? Promise.reject(new Error('crash')) : found.put(doc)) }
    }
    expect((await send(film, 0)).status).toBe(500)
    doors.couch.database = database
    expect(await state(film)).toEqual({ stored: true })
    expect(await originals(film)).toHaveLength(1)
  })
})

describe('pictures', () => {
  test('[FM14] a judge sees the preview before the original, and the size that the server made after', async () => {
    const preview = jpeg(700)
    const photo = phone.fact('photo')
    await phone.push([
      { ...photo, _attachments: { preview: { content_type: 'image/jpeg', data: preview.toString('base64') } } },
    ])
    const judge = await doors.signIn('judge')
    const url = `/api/images/${encodeURIComponent(`image:${photo._id}`)}/screen`
    const before = await judge.fetch(url)
    expect([before.headers.get('content-type'), before.headers.get('content-length')]).toEqual(['image/jpeg', '368'])
    // Drawn anew, in the size of every thumbnail.
    expect(Buffer.from(await before.arrayBuffer()).includes(preview.subarray(-100))).toBe(false)
    const screen = jpeg(5000)
    await doors.storage.put('made/screen', screen)
    const size = { storageKey: 'made/screen', width: 1, height: 1, bytes: 5000 }
    const { _id, event, team, purpose, takenAt } = photo as unknown as FactOf<'photo'>
    const image = {
      _id: `image:${_id}`,
      type: 'image',
      event,
      photo: _id,
      team,
      purpose,
      version: 1,
      takenAt,
      sizes: { screen: size },
    }
    await doors.couch.database(await doors.databaseFor('desk')).put(image)
    expect(Buffer.from(await (await judge.fetch(url)).arrayBuffer()).equals(screen)).toBe(true)
  })

  test('[FM15] the own team sees its picture, another team and other staff do not', async () => {
    const photo = phone.fact('photo')
    await phone.push([
      { ...photo, _attachments: { preview: { content_type: 'image/jpeg', data: jpeg(300).toString('base64') } } },
    ])
    const url = `/api/images/${encodeURIComponent(`image:${photo._id}`)}/screen`
    const status = async (looker: Phone) => (await looker.fetch(url)).status
    expect(await status(await doors.signIn('participant', { teams: ['12'] }))).toBe(200)
    // Once there is something larger, its own phones get that by links alone.
    await doors.storage.put('demo/made', jpeg(9_000))
    const sizes = { screen: { storageKey: 'demo/made', width: 4, height: 3, bytes: 9_000 } }
    const about = { photo: photo._id, team: '12', purpose: 'checkin', takenAt: 1, version: 1 }
    await doors.couch
      .database(await doors.databaseFor('desk'))
      .put({ _id: `image:${photo._id}`, type: 'image', event: doors.event, ...about, sizes } as never)
    const isStored = async (looker: Phone) => (await (await looker.fetch(url)).arrayBuffer()).byteLength === 9_000
    const team = await doors.signIn('participant', { teams: ['12'] })
    expect([await isStored(team), await isStored(await doors.signIn('judge'))]).toEqual([false, true])
    expect(await status(await doors.signIn('participant', { teams: ['13'] }))).toBe(403)
    expect(await status(await doors.signIn('staff'))).toBe(403)
    expect((await doors.app.request(url)).status).toBe(401)
  })
})
