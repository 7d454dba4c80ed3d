import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { developPhoto } from '../../functions/develop-photo.ts'
import { inspectPicture } from '../../sync-server/uploads/inspect-picture.ts'
import { readExif } from '../../sync-server/uploads/read-exif.ts'
import { tidyPath } from '../../sync-server/uploads/take-file.ts'
import { drawPhoto } from '../support/draw-photo.ts'
import { hostilePictures } from '../support/hostile-pictures.ts'
import { batchOf, openUploads, sha256 } from './open-uploads.ts'

const unscanned = { scan: null, warn() {} }
let photo: Uint8Array
let uploads: Awaited<ReturnType<typeof openUploads>>
beforeAll(async () => {
  photo = await drawPhoto({ seed: 'hostile', lat: 35.36, lng: 138.72, local: '2026:05:03 10:00:00' })
  uploads = await openUploads()
  await uploads.begin(batchOf(1))
})
afterAll(() => uploads.close())

describe('a file is what its bytes are', () => {
  test('[UP20] what is hostile or broken has its row with the reason, and leaves nothing in storage', async () => {
    await uploads.begin(batchOf(2))
    const hostile = await hostilePictures()
    // Those of one content are one row, and a file that is too large comes without its bytes.
    for (const [what, problem, bytes] of hostile)
      expect([what, (await uploads.send(batchOf(2), `${what}.jpg`, bytes)).body]).toEqual([what, { problem }])
    const rows = await uploads.rows(batchOf(2))
    for (const [what, problem] of hostile)
      expect([what, rows.get(`${what}.jpg`)]).toMatchObject([what, { state: 'refused', codes: [problem] }])
    expect(await uploads.storage.list('')).toEqual([])
  }, 20_000)
  test('[UP20] SVG and WebP are no photographs', async () => {
    const webp = await sharp(photo).webp().toBuffer()
    expect(await inspectPicture(unscanned, webp)).toEqual({ problem: 'unsupported' })
    expect(
      await inspectPicture(unscanned, new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')),
    ).toEqual({
      problem: 'unsupported',
    })
  })
  test('[UP20] exactly 10 MB is taken, a byte more is not', async () => {
    const padded = (bytes: number) => new Uint8Array(Buffer.concat([photo, Buffer.alloc(bytes - photo.length)]))
    expect((await inspectPicture(unscanned, padded(10_485_760))).problem).toBeUndefined()
    expect(await inspectPicture(unscanned, padded(10_485_761))).toEqual({ problem: 'too-large' })
  })
  test('[UP21] what hides behind a picture is in no picture that is shown', async () => {
    const polyglot = new Uint8Array(
      Buffer.concat([photo, Buffer.from('<script>alert("zekken")</script>PK\u0003\u0004')]),
    )
    const seen = await inspectPicture(unscanned, polyglot)
    const made = await developPhoto(polyglot)
    const shown = [seen.problem === undefined && seen.preview, made.thumbnail, ...made.sizes.map(({ bytes }) => bytes)]
    for (const bytes of shown) expect(Buffer.from(bytes as Uint8Array).includes('script')).toBe(false)
  })
  test('[UP22] EXIF of the wrong kind, out of range or at 0, 0 says nothing', async () => {
    const nowhere = await drawPhoto({ seed: 'a', lat: 0, lng: 0, local: 'yesterday\u0007' })
    expect(await readExif(nowhere)).toMatchObject({ local: 'yesterday' })
    expect(await readExif(nowhere)).not.toHaveProperty('lat')
    expect(await readExif(await drawPhoto({ seed: 'a', lat: 95, lng: 20 }))).not.toHaveProperty('lat')
    expect(await readExif(new Uint8Array(100))).toEqual({})
  })
})

describe('a name is only a name', () => {
  test.each([
    ['../../../etc/passwd', '../../../etc/passwd'],
    ['a\r\nSet-Cookie: x\u0000.jpg', 'a  Set-Cookie: x .jpg'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['髙﨑 𠮷田/写真.JPG', '髙﨑 𠮷田/写真.JPG'],
    ['', '?'],
  ])('[UP23] %j is shown as %j', (path, shown) => expect(tidyPath(path)).toBe(shown))
  test('[UP23] no name reaches the storage: bytes lie under their hash', async () => {
    for (const name of ['../../../x.jpg', 'demo/original/x.jpg', '髙﨑.jpg', 'x.jpg\u0000.html', 'x'.repeat(1900)])
      expect((await uploads.send(batchOf(1), name, photo)).status).toBe(200)
    expect(await uploads.storage.list('demo/')).toEqual([`demo/upload/${sha256(photo)}`])
    expect((await uploads.rows(batchOf(1))).size).toBe(5)
  })
  test('[UP24] bytes that are not those announced are refused; a wrong extension or type makes no difference', async () => {
    const other = createHash('sha256').update('other').digest('hex')
    const wrong = await uploads.admin.ask('PUT', uploads.path(batchOf(1), `/files/${other}?path=x.jpg`), photo)
    expect(wrong).toMatchObject({ status: 400, body: { error: { code: 'ZK-FILM-002' } } })
    const png = await drawPhoto({ seed: 'png', format: 'png' })
    await uploads.send(batchOf(1), 'really-a.jpg', png)
    expect((await uploads.rows(batchOf(1))).get('really-a.jpg')?.contentType).toBe('image/png')
  })
  test('[UP24] a file over 10 MB has its row without its bytes', async () => {
    const sha = 'b'.repeat(64)
    const path = uploads.path(batchOf(1), `/files/${sha}?path=film.mov&bytes=10485761`)
    expect((await uploads.admin.ask('PUT', path, new Uint8Array())).body).toEqual({ problem: 'too-large' })
    const huge = new Uint8Array(10_485_761)
    const sent = await uploads.admin.ask('PUT', uploads.path(batchOf(1), `/files/${sha256(huge)}?path=y.jpg`), huge)
    expect(sent.body).toEqual({ problem: 'too-large' })
    expect((await uploads.rows(batchOf(1))).get('film.mov')).toMatchObject({
      state: 'refused',
      codes: ['too-large'],
      bytes: 10_485_761,
    })
  })
})
