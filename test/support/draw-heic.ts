import sharp from 'sharp'
import { type Drawn, drawPhoto } from './draw-photo.ts'

/** 320×240: a sun top left, hills and a red tower right of the middle, drawn here and coded once by x265. */
const coded = {
  hvcC: Buffer.from(
    'AQNwAAAAAAAAAAAAPPAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAPLoCQCEAAQAoQgEBA3AAAAMAkAAAAwAAAwA8oAoIDxZbqSSm' +
      'ubAgAAADACAAAAMAISIAAQAHRAHBcrBiQA==',
    'base64',
  ),
  slice: Buffer.from(
    'AAAFEygBryyCjDdmHYCYdtOQtUz+jCYdokdEfaKBaKLgGfYVeP5JH1k7X64dOFoE8vcx8yQyLjzd9pSH5nuW2lF9syml2hpmoJWQLEu1MZQeV5Ws' +
      'T1rk7g3YHa5fGjbXDYuuWZjvvEcG7Lhzc/kmUR5x2UPqwJTkCweanAAmEQ9HmCH9/eT+x8sSpgTxtOA1qo2o5jTHtTI4Kna7UWYZGv7C1DoOBVpZ' +
      'HJeUtS2olbThwCQPFdPTMKV/CwG6po4sZfLHnaAC2FeXa8BX+KAAyAGrmvvjSyLqm9zmrCgJ6TOPSXVJZV37TRDWFSuv9vk0y+kLjLByiL9nTFBO' +
      'q5JKrajvzFWoY7nWD+25+0lgkDBnSX3ITWkSJgoEPOwThSeZH/TQBzJMzqV1gMDNImRansxiwDqltNFnzYkCcLOg4uN553Hq3JYzhI/3kmiRHvCr' +
      'Ymi5aT749smAzbuPnuiDSyKsHZPvlXv4FgfYrxotFnJaPtc755LMDX+zhvfptbSWe+Nia526EFaIFpMtRxo3+FQB3OQELRKEL1vnE9hkGjG9SMXY' +
      'eohxICKVK4TjuUc07TrAeK60IsRKF1Y6qHFYyf1ms3wEfZVDBGn8xqYuIS51av2T27T2Ulm+b/jvAamf9ryhNJ+F3SyjCx8iH9QgSaOJxXjWe49F' +
      'ZOiJbhKOT6NJkPHcQUD447AENzl28Jwz3B1F1rp87epzm1S+YIO6ws5nv3XuT+UrFVfbi+Zsb+GPE3tBGeVAiVMXTXxApAzYBZTPZ/49HhlG1u4q' +
      'BiVECRQSFFvDGFK/zV8tIzs6BiYmBStqG3MWOndZvhHTu2QOViux3OHMA28Yd2ARgBFmYC3KuCQA0WZitAif8cRdN3AEH4YN9VbmqDio1ieFR76M' +
      'KUrPzNcbOLHn9YlQg/9GiD/bmhg0Z3QWamFERvEiACS6Dy98sTdhHOtDrf/vH8SqDkLJLyEl7+ouF6XhpJLa9cOCToe8fMvPkX0GTZ6Pgy9vlxXt' +
      'N3JsiggciwRHrU52o5iC3BcMN1e0Hm5aO4nAoMU3FvfEq2yr/FWHEtrtazRIu7Y8MGJMBd7B9/P9n3tFyAdH+gKpsSPlnmtm4Xv08GNhvcXYDCXA' +
      'CKuVRKYLxD10Vuq+x8JvjlhWr4g1bBPwYal9uNnxC0d42UbRfHnt+QsNUpuH9FqEO4hvbia9OQuDCEsGmYBym+tc0Mnur/EKo2+5UGnxZyiN46vR' +
      '1HBxoBQfbEHYHV6AP4taqLffgmKWwJ6utuUvBPHomMG+gMFqHMkDANFOmVhbiPZVyKyGVSiUSJe2flZrVkE9XGFParyYwK5wTBxJ8dtPFgnis0zL' +
      '0JmdUoKvgz/qhGuXBkpApJSqJpzyp0wGQCpaEVku68ke5cZuBk/WzbLkuLbhxPLg6QCxQzjoqYVzv0VbMA+aiQZ+T5cKiQRsE/dxGc/aY8v7i4Go' +
      '9e3ZE1aP2RcTd6cTvXIMzujswWODfsRqnVEWmHXjFotapqlXvp1Li5pzIweAth4YAJQ0LWRHsymTdx8yJOFxoN4VgL5Wg0SdmIErBlDA8/C75epw' +
      '6eKvtUA+1Qu9HfQrXFl64C/2jeqBKa3hByd04N+ctS/UGD3dAJA3msFfKHq46eJOMhrxUVuT6XAAuB34E8fXJ4xt/RDbNqQFSRW9D9TnJ+EVywMV' +
      '6rYDpqN242dkqtYiT0dF+KjlFJjMgv80bc9/xcBoprmrGat53RwAYJAdMA==',
    'base64',
  ),
}
export const heicSize = { width: 320, height: 240 } as const

type HeicDrawn = Pick<Drawn, 'lat' | 'lng' | 'accuracyMeters' | 'local' | 'offset' | 'model' | 'seed'> & {
  /** Quarters of a turn to the left, as a camera held upright writes them beside the picture. */
  quarters?: 0 | 1 | 2 | 3
  /** Instead of the coded picture: what no decoder takes. */
  slice?: Buffer
  /** What the file says its size is. */
  claims?: { width: number; height: number }
}

/** A HEIC file as a phone leaves it, by its boxes (ISO/IEC 23008-12): one coded picture, and EXIF that tells of it. */
export async function drawHeic(drawn: HeicDrawn): Promise<Uint8Array> {
  const { quarters = 0, slice = coded.slice, claims = heicSize } = drawn
  const { exif } = await sharp(await drawPhoto(drawn)).metadata()
  const exifItem = Buffer.concat([u32(6), Buffer.from('Exif\0\0', 'latin1'), exif!.subarray(6)])
  const ftyp = box('ftyp', 'heic', u32(0), 'mif1heic')
  const meta = (from: number) =>
    box(
      'meta',
      full(),
      box('hdlr', full(), u32(0), 'pict', Buffer.alloc(12), '\0'),
      box('pitm', full(), u16(1)),
      box('iloc', full(), [0x44, 0], u16(2), at(1, from, slice), at(2, from + slice.length, exifItem)),
      box('iinf', full(), u16(2), item(1, 'hvc1'), item(2, 'Exif')),
      box(
        'iprp',
        box(
          'ipco',
          box('hvcC', coded.hvcC),
          box('ispe', full(), u32(claims.width), u32(claims.height)),
          box('irot', [quarters]),
        ),
        // The first and the third are needed to show it.
        box('ipma', full(), u32(1), u16(1), [3, 0x81, 0x02, 0x83]),
      ),
      box('iref', full(), box('cdsc', u16(2), u16(1), u16(1))),
    )
  const from = ftyp.length + meta(0).length + 8
  return new Uint8Array(Buffer.concat([ftyp, meta(from), box('mdat', slice, exifItem)]))
}

function box(type: string, ...parts: (Buffer | string | number[])[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  )
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body])
}

const full = (version = 0) => [version, 0, 0, 0]
const at = (id: number, from: number, bytes: Buffer) =>
  Buffer.concat([u16(id), u16(0), u16(1), u32(from), u32(bytes.length)])
const item = (id: number, type: string) => box('infe', full(2), u16(id), u16(0), type, '\0')
const u16 = (n: number) => Buffer.from([n >> 8, n & 255])
const u32 = (n: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}
