import { afterAll, beforeAll, expect, test } from 'vitest'
import { imageVariants } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { MadeImageLink } from '../../design-docs/links.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { factMaker, north, start } from '../rules/make-facts.ts'
import { cameraClock, drawPhoto } from '../support/draw-photo.ts'
import { batchOf, openUploads } from '../uploads/open-uploads.ts'

let uploads: Awaited<ReturnType<typeof openUploads>>
/** Photos that say where they were taken: one with its original, one of which only the small picture came. */
let photos: string[]
beforeAll(async () => {
  uploads = await openUploads()
  uploads.clock.aheadMs = start + 300 * 60_000 - Date.now()
  const place = { ...north({ lat: 35.36, lng: 138.72 }, 1000), local: cameraClock(start + 20 * 60_000, 9) }
  const told = await drawPhoto({ seed: 'told', width: 1800, ...place })
  expect(told.length && hasPlace(told)).toBe(true)
  await uploads.begin(batchOf(1))
  await uploads.send(batchOf(1), '12_a.jpg', told)
  await uploads.take(batchOf(1))
  const maker = factMaker('12')
  const small = {
    content_type: 'image/jpeg',
    data: Buffer.from(await drawPhoto({ seed: 'small', width: 150, ...place })).toString('base64'),
  }
  const alone = { ...maker.photo(null), _attachments: { preview: small } }
  const portrait = {
    ...maker.make('photo', { ...maker.photo(null), at: start, purpose: 'portrait' } as never),
    _attachments: { preview: small },
  }
  await uploads.write(alone as never, portrait as never)
  await uploads.settled()
  const images = await desk().all({ startkey: 'image:', endkey: 'image;' })
  photos = images.map(({ id }) => id.slice('image:'.length))
  expect(photos).toHaveLength(3)
})
afterAll(() => uploads.close())

const desk = () => uploads.installation.couch.database(databaseName('demo', 'desk'))

/** EXIF, with its GPS directory, begins so in a JPEG, a PNG and a WebP. */
const hasPlace = (bytes: Uint8Array) => ['Exif\0\0', 'eXIf', 'EXIF'].some((mark) => Buffer.from(bytes).includes(mark))

async function bytesOf(path: string, role: Role): Promise<{ status: number; bytes: Uint8Array }> {
  const headers = { authorization: `Bearer ${await uploads.token(role)}` }
  const answer = await uploads.app.request(path, { headers })
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) }
}

test('[LV1] no door shows where a photo was taken, but the original to those who judge', async () => {
  const seen: string[] = []
  for (const role of ['admin', 'judge', 'core'] as const)
    for (const photo of photos) {
      for (const size of ['1600', '480', 'thumbnail', 'preview']) {
        const { status, bytes } = await bytesOf(`/api/images/${encodeURIComponent(photo)}/${size}`, role)
        expect([role, size, status, hasPlace(bytes)]).toEqual([role, size, 200, false])
      }
      for (const variant of imageVariants) {
        const made = await uploads.app.request(`/api/images/${encodeURIComponent(photo)}/url`, {
          method: 'POST',
          headers: { authorization: `Bearer ${await uploads.token(role)}`, 'content-type': 'application/json' },
          body: JSON.stringify({ variant }),
        })
        if (made.status !== 201) continue
        const { status, bytes } = await bytesOf(((await made.json()) as MadeImageLink).url, role)
        expect(status).toBe(200)
        if (hasPlace(bytes)) seen.push(`${role} ${variant}`)
      }
    }
  expect(seen).toEqual(['admin original', 'judge original'])
})

test('[LV2] an archive of photos holds originals for those who judge, and what was made of them for others', async () => {
  const archive = async (role: Role) => await bytesOf('/api/events/demo/exports/photos.zip', role)
  const [judge, core] = [await archive('judge'), await archive('core')]
  expect([judge.status, hasPlace(judge.bytes)]).toEqual([200, true])
  expect([core.status, hasPlace(core.bytes)]).toEqual([200, false])
  expect(core.bytes.length).toBeGreaterThan(5000)
})

test('[LV3] nothing that is mirrored and no picture made here holds it', async () => {
  let looked = 0
  const { couch } = uploads.installation
  for (const kind of ['desk', 'board', 'roster', 'gate', 'team'] as const) {
    const name = databaseName('demo', kind, ...(kind === 'team' ? ['12'] : []))
    if (!(await couch.exists(name))) continue
    for (const { doc } of await couch.database(name).all({ includeDocs: true }))
      for (const attachment of Object.keys(doc?._attachments ?? {})) {
        const bytes = await couch.database(name).attachment(doc?._id ?? '', attachment)
        expect([name, doc?._id, bytes !== null && hasPlace(bytes)]).toEqual([name, doc?._id, false])
        looked++
      }
  }
  for (const key of await uploads.storage.list('demo/picture/')) {
    expect([key, hasPlace((await uploads.storage.get(key)) ?? new Uint8Array())]).toEqual([key, false])
    looked++
  }
  expect(looked).toBeGreaterThanOrEqual(6)
})
