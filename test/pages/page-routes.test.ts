import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import type { MapPage, PageDoc } from '../../design-docs/pages.ts'
import { type Console, openConsole } from '../results/open-console.ts'
import { guideDoc, scheduleDoc } from '../rules/make-pages.ts'

let console: Console
beforeAll(async () => {
  console = await openConsole()
})
afterAll(() => console.close())

const mapDoc = (slug: string): MapPage =>
  ({ ...guideDoc(), _id: `page:${slug}`, kind: 'map', picture: null, spots: [], order: 2 }) as MapPage
const save = (doc: PageDoc, as = console.admin) =>
  as.ask<PageDoc>('PUT', `/events/demo/pages/${doc._id.slice('page:'.length)}`, doc)
const onBoard = async (id: string) => {
  await console.settled()
  return await console.couch.database(databaseName('demo', 'board')).get(id)
}
const fieldsOf = ({ body }: { body: unknown }) =>
  (body as { error: { figures: { fields: { field: string; problem: string }[] } } }).error.figures.fields.map(
    ({ field, problem }) => `${field} ${problem}`,
  )

it('[PG4] a page reaches the phones while it is shown, and leaves them when it is hidden or removed', async () => {
  const { body: made } = await save(guideDoc())
  expect(await onBoard('page:guide')).toMatchObject({ title: { ja: '案内' } })
  const { body: hidden } = await save({ ...made, state: 'hidden' })
  expect(await onBoard('page:guide')).toBeNull()
  const { body: shown } = await save({ ...hidden, state: 'shown' })
  expect(await onBoard('page:guide')).not.toBeNull()
  await save({ ...shown, state: 'removed' })
  expect(await onBoard('page:guide')).toBeNull()
  const { body } = await console.judge.ask<{ pages: PageDoc[] }>('GET', '/events/demo/pages')
  expect(body.pages.map(({ _id, state }) => [_id, state])).toEqual([['page:guide', 'removed']])
})

it('[PG5] a clash shows the other version; nothing is written over it', async () => {
  const { body: made } = await save(scheduleDoc([]))
  const { body: theirs } = await save({ ...made, order: 5 })
  expect(await save({ ...made, order: 6 })).toMatchObject({
    status: 409,
    body: { error: { code: 'ZK-PLAN-001', figures: { theirs: { order: 5, _rev: theirs._rev } } } },
  })
  const { _rev, ...anew } = made
  expect((await save(anew as PageDoc)).status).toBe(409)
})

it('[PG5] what is wrong is named: no title, an end before its start, doubled ids, another page, another kind', async () => {
  const title = { ja: ' ', en: '' }
  const row = { id: 'r', from: 1000, to: 1000, title }
  expect(fieldsOf(await save(scheduleDoc([row, row], { _id: 'page:bad', title })))).toEqual([
    'title missing',
    'rows.1.id twice',
    'rows.0.to before-start',
    'rows.0.title missing',
    'rows.1.to before-start',
    'rows.1.title missing',
  ])
  const elsewhere = await console.admin.ask('PUT', '/events/demo/pages/one', { ...guideDoc(), _id: 'page:two' })
  expect(fieldsOf(elsewhere)).toEqual(['_id another'])
  const { body: map } = await save(mapDoc('kinds'))
  const spot = { id: 's', name: { ja: '', en: ' ' }, x: 0.5, y: 0.5 }
  expect(fieldsOf(await save({ ...map, spots: [spot, spot] } as PageDoc))).toEqual([
    'spots.1.id twice',
    'spots.0.name missing',
    'spots.1.name missing',
  ])
  const { picture, spots, ...rest } = map as MapPage
  expect(fieldsOf(await save({ ...rest, kind: 'guide' } as PageDoc))).toEqual(['kind fixed'])
  const named = { name: `picture-${'0'.repeat(16)}`, width: 1, height: 1, bytes: 1 }
  expect(fieldsOf(await save({ ...map, picture: named } as PageDoc))).toEqual(['picture unknown'])
})

it('[PG6] pages are put into an order; what is not named comes after', async () => {
  for (const slug of ['o-a', 'o-b', 'o-c']) await save({ ...guideDoc(), _id: `page:${slug}`, order: 0 })
  const ids = ['page:o-c', 'page:o-a']
  const { body } = await console.admin.ask<{ pages: PageDoc[] }>('PUT', '/events/demo/page-order', { ids })
  expect(body.pages.map(({ _id }) => _id).slice(0, 2)).toEqual(ids)
  expect(body.pages.map(({ order }) => order)).toEqual(body.pages.map((_, n) => n))
})

describe('pictures', () => {
  const upload = (slug: string, bytes: Uint8Array, as = console.admin) =>
    as.ask<{ picture: MapPage['picture'] & object; _rev: string }>('PUT', `/events/demo/pages/${slug}/picture`, bytes)
  const drawn = (width: number, height: number, format: 'png' | 'jpeg' = 'png') =>
    sharp({ create: { width, height, channels: 3, background: '#3a7' } })
      .toFormat(format)
      .withMetadata({ exif: { IFD3: { GPSLatitude: '35/1 26/1 0/1' } } })
      .toBuffer()

  test('[PG7] a picture is scaled down and drawn anew, and phones can fetch it under its own name', async () => {
    const { body: map } = await save(mapDoc('venue'))
    const { status, body } = await upload('venue', await drawn(4000, 3000, 'jpeg'))
    expect([status, body.picture.width, body.picture.height]).toEqual([200, 2400, 1800])
    const board = console.couch.database(databaseName('demo', 'board'))
    expect(await onBoard(map._id)).toMatchObject({ picture: body.picture })
    const bytes = await board.attachment(map._id, body.picture.name)
    const { format, exif } = await sharp(bytes!).metadata()
    expect([format, exif, bytes?.length]).toEqual(['webp', undefined, body.picture.bytes])
  })

  test('[PG8] another picture takes its place, the one before can be taken up again, the one before that is gone', async () => {
    await save(mapDoc('twice'))
    const { body: first } = await upload('twice', await drawn(200, 100))
    const { body: second } = await upload('twice', await drawn(300, 100))
    const { body: list } = await console.admin.ask<{ pages: PageDoc[] }>('GET', '/events/demo/pages')
    const current = list.pages.find(({ _id }) => _id === 'page:twice') as MapPage
    expect(current.picture).toEqual(second.picture)
    expect((await save({ ...current, picture: first.picture })).status).toBe(200)
    expect(await onBoard('page:twice')).toMatchObject({ picture: first.picture })
    await upload('twice', await drawn(400, 100))
    const gone = await console.admin.ask('GET', `/events/demo/pages/twice/pictures/${second.picture.name}`)
    expect(gone.status).toBe(404)
  })

  test('[PG9] what is no PNG or JPEG by its bytes is refused: SVG with script, GIF, HTML, half a file, nothing, a speck', async () => {
    await save(mapDoc('hostile'))
    const text = (said: string) => new TextEncoder().encode(said)
    const whole = await drawn(800, 600)
    const hostile = [
      text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      text('<?xml version="1.0"?><!DOCTYPE svg><svg onload="alert(1)"/>'),
      text('GIF89a\u0001\u0000\u0001\u0000'),
      text('<!doctype html><p>map.png</p>'),
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...text('<svg/>')),
      whole.subarray(0, whole.length - 40),
      new Uint8Array(0),
      await drawn(20, 20),
    ]
    for (const bytes of hostile) {
      const answer = await upload('hostile', bytes)
      expect([answer.status, fieldsOf(answer)]).toEqual([400, ['picture unreadable']])
    }
    expect(await onBoard('page:hostile')).toMatchObject({ picture: null })
  })

  test('[PG9] a picture that is too large, as a file or unpacked, is refused before it is drawn', async () => {
    expect((await upload('hostile', new Uint8Array(15 * 1024 * 1024 + 1))).status).toBe(413)
    const huge = await drawn(9000, 9000)
    expect(huge.length).toBeLessThan(2_000_000)
    expect(fieldsOf(await upload('hostile', huge))).toEqual(['picture unreadable'])
  })

  test('[PG9] only a map has a picture, and only admins give one', async () => {
    expect((await upload('o-a', await drawn(100, 100))).status).toBe(404)
    expect((await upload('venue', await drawn(100, 100), console.judge)).status).toBe(403)
  })
})
