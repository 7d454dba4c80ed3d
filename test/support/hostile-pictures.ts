import { deflateRawSync, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import type { PictureProblem } from '../../design-docs/pictures.ts'
import { drawHeic } from './draw-heic.ts'
import { drawPhoto } from './draw-photo.ts'
import { box, chunk, ihdr, insert, join, markerAt, over, png, pngMagic, segment } from './picture-parts.ts'

export type HostilePicture = [what: string, problem: PictureProblem, bytes: Uint8Array]

const text = (words: string) => new TextEncoder().encode(words)
const zeros = (bytes: number) => new Uint8Array(bytes)
const u16 = (n: number) => [(n >> 8) & 255, n & 255]
const megabyte = 1_048_576

/** Files that are no pictures, or broken, or made to hurt, each with the code that it is refused by. */
export async function hostilePictures(): Promise<HostilePicture[]> {
  const jpeg = await drawPhoto({ seed: 'hostile', lat: 35.36, lng: 138.72, width: 640 })
  const drawnPng = await drawPhoto({ seed: 'hostile', format: 'png', width: 320 })
  const heic = await drawHeic({ seed: 'hostile' })
  const progressive = new Uint8Array(await sharp(jpeg).jpeg({ progressive: true }).toBuffer())
  const webp = new Uint8Array(await sharp(jpeg).webp().toBuffer())
  const gif = new Uint8Array(await sharp(jpeg).resize(40).gif().toBuffer())
  const tiff = new Uint8Array(await sharp(jpeg).resize(40).tiff().toBuffer())
  const avif = new Uint8Array(await sharp(jpeg).resize(40).avif({ effort: 0 }).toBuffer())
  const sof = markerAt(jpeg, 0xc0)
  const sos = markerAt(jpeg, 0xda)
  const dqt = markerAt(jpeg, 0xdb)
  const sized = (file: Uint8Array, at: number, side: number) => over(file, at + 5, ...u16(side), ...u16(side))
  const lastScan = progressive.subarray(lastScanAt(progressive), progressive.length - 2)
  const packed = deflateSync(zeros(64 * megabyte))
  const scanned = (times: number) =>
    join(progressive.subarray(0, -2), ...Array.from({ length: times }, () => lastScan), progressive.subarray(-2))
  return [
    ['nothing at all', 'empty', zeros(0)],
    ['a byte over ten megabytes', 'too-large', join(jpeg, zeros(10 * megabyte + 1 - jpeg.length))],
    ['a single zero', 'unsupported', zeros(1)],
    ['a thousand zeros', 'unsupported', zeros(1000)],
    ['two bytes of a JPEG', 'unsupported', jpeg.slice(0, 2)],
    ['a GIF', 'unsupported', gif],
    ['a GIF with a script behind it', 'unsupported', join(gif, '<script>alert(1)</script>')],
    ['a WebP', 'unsupported', webp],
    ['a TIFF', 'unsupported', tiff],
    ['an AVIF', 'unsupported', avif],
    ['a BMP', 'unsupported', join('BM', zeros(200))],
    ['an SVG with a script', 'unsupported', text('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
    [
      'an SVG that asks for a file',
      'unsupported',
      text('<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'),
    ],
    ['a PDF', 'unsupported', text('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj')],
    ['a page of HTML', 'unsupported', text('<!doctype html><script>alert(1)</script>')],
    ['a page of HTML with a JPEG behind it', 'unsupported', join('<script>alert(1)</script>', jpeg)],
    ['a ZIP', 'unsupported', join('PK\u0003\u0004', deflateRawSync(jpeg))],
    ['a ZIP with a JPEG behind it', 'unsupported', join('PK\u0003\u0004', zeros(60), jpeg)],
    ['a program of Windows', 'unsupported', join('MZ', zeros(500))],
    ['a program of Linux', 'unsupported', join('\u007fELF', zeros(500))],
    ['a script of PHP', 'unsupported', text('<?php system($_GET["c"]);')],
    ['a script of ImageMagick', 'unsupported', text('push graphic-context\nfill "url(https://x/|ls)"')],
    ['PostScript', 'unsupported', text('%!PS-Adobe-3.0\n(%pipe%id) (w) file')],
    ['a JPEG by its last bytes alone', 'unsupported', jpeg.slice(100)],
    ['JPEG 2000', 'unsupported', join(Uint8Array.of(0, 0, 0, 12), 'jP  \r\n', zeros(100))],
    ['an MP4', 'unsupported', join(box('ftyp', 'isom', zeros(4), 'isommp42'), box('mdat', zeros(100)))],

    ['the first bytes of a JPEG', 'truncated', jpeg.slice(0, 4)],
    ['a JPEG that ends in its head', 'truncated', jpeg.slice(0, sof + 6)],
    ['a JPEG that ends in the middle', 'truncated', jpeg.slice(0, jpeg.length >> 1)],
    ['a JPEG without its last two bytes', 'truncated', jpeg.slice(0, -2)],
    ['a JPEG whose segment is longer than the file', 'truncated', over(jpeg, markerAt(jpeg, 0xe1) + 2, 0xff, 0xff)],
    ['a progressive JPEG that ends between its scans', 'truncated', progressive.slice(0, lastScanAt(progressive))],
    ['a JPEG of no scan', 'damaged', join(jpeg.subarray(0, sos), Uint8Array.of(0xff, 0xd9))],
    ['a JPEG of no frame', 'damaged', join(jpeg.subarray(0, sof), jpeg.subarray(markerEnd(jpeg, sof)))],
    ['a JPEG of two frames', 'damaged', insert(jpeg, sof, jpeg.subarray(sof, markerEnd(jpeg, sof)))],
    ['a JPEG of width 0', 'damaged', over(jpeg, sof + 7, 0, 0)],
    ['a JPEG of height 0', 'damaged', over(jpeg, sof + 5, 0, 0)],
    ['a JPEG of seven components', 'damaged', over(jpeg, sof + 9, 7)],
    ['a JPEG whose frame has another length', 'damaged', over(jpeg, sof + 3, 12)],
    ['a JPEG whose segment is one byte long', 'damaged', over(jpeg, dqt + 2, 0, 1)],
    ['a JPEG with a JPEG begun inside it', 'damaged', insert(jpeg, dqt, Uint8Array.of(0xff, 0xd8))],
    ['a JPEG with text between its segments', 'damaged', insert(jpeg, dqt, text('<script>'))],
    ['a JPEG without tables', 'unreadable', withoutMarker(withoutMarker(jpeg, 0xc4), 0xc4)],
    ['a JPEG of twelve bits', 'unsupported', over(jpeg, sof + 4, 12)],
    ['a lossless JPEG', 'unsupported', over(jpeg, sof + 1, 0xc3)],
    ['an arithmetic JPEG', 'unsupported', over(jpeg, sof + 1, 0xc9)],
    ['a JPEG that says 65,535 × 65,535', 'too-many-pixels', sized(jpeg, sof, 65_535)],
    ['a JPEG that says 50,000 × 50,000', 'too-many-pixels', sized(jpeg, sof, 50_000)],
    ['a JPEG that says 9,000 × 9,000', 'too-many-pixels', sized(jpeg, sof, 9000)],
    ['a JPEG 60,000 wide and 16 high', 'too-many-pixels', over(jpeg, sof + 5, ...u16(16), ...u16(60_000))],
    ['a progressive JPEG of 50 megapixels', 'too-many-pixels', sized(progressive, markerAt(progressive, 0xc2), 7100)],
    ['a JPEG of height 30,000', 'too-many-pixels', over(jpeg, sof + 5, ...u16(30_000))],
    ['a progressive JPEG of a hundred more scans', 'too-many-scans', scanned(100)],
    ['a progressive JPEG of a thousand more scans', 'too-many-scans', scanned(1000)],
    [
      'a JPEG with five megabytes of EXIF',
      'too-much-metadata',
      insert(jpeg, 2, ...many(80, segment(0xe1, join('Exif\0\0', zeros(65_000))))),
    ],
    [
      'a JPEG with two megabytes of a colour profile',
      'too-much-metadata',
      insert(jpeg, 2, ...many(32, segment(0xe2, join('ICC_PROFILE\0\u0001 ', zeros(65_000))))),
    ],
    [
      'a JPEG with five megabytes of XMP',
      'too-much-metadata',
      insert(jpeg, 2, ...many(80, segment(0xe1, join('http://ns.adobe.com/xmp/extension/\0', zeros(65_000))))),
    ],
    [
      'a JPEG with five megabytes of comments',
      'too-much-metadata',
      insert(jpeg, 2, ...many(80, segment(0xfe, zeros(65_000)))),
    ],

    ['four bytes of a PNG', 'truncated', pngMagic.slice(0, 4)],
    ['the eight bytes of every PNG', 'truncated', pngMagic],
    ['a PNG whose line ends were changed', 'damaged', over(drawnPng, 4, 0x0a)],
    ['a PNG that ends in the middle', 'truncated', drawnPng.slice(0, drawnPng.length >> 1)],
    ['a PNG without its end', 'truncated', drawnPng.slice(0, -12)],
    ['a PNG with a wrong checksum', 'damaged', over(drawnPng, 29, 1, 2, 3, 4)],
    ['a PNG with one bit turned', 'damaged', over(drawnPng, 200, (drawnPng[200] ?? 0) ^ 1)],
    [
      'a PNG that begins with its data',
      'damaged',
      join(pngMagic, chunk('IDAT', deflateSync(zeros(200))), chunk('IEND')),
    ],
    ['a PNG without data', 'damaged', join(pngMagic, ihdr(), chunk('IEND'))],
    ['a PNG of two heads', 'damaged', png({ before: [ihdr()] })],
    ['a PNG of width 0', 'damaged', png({ head: { width: 0 } })],
    ['a PNG of three bits', 'damaged', png({ head: { depth: 3 } })],
    ['a PNG of an unknown colour type', 'damaged', png({ head: { colour: 5 } })],
    ['a PNG of a palette that it has not', 'damaged', png({ head: { colour: 3 } })],
    ['a PNG with a part that must be understood', 'damaged', png({ before: [chunk('EVIL', 'x')] })],
    [
      'a PNG whose data are in two places',
      'damaged',
      png({ after: [chunk('tEXt', 'a\0b'), chunk('IDAT', zeros(10))] }),
    ],
    ['a PNG whose data are no zlib', 'unreadable', png({ data: text('this is not packed at all') })],
    [
      'a PNG of half its lines',
      'truncated',
      png({ head: { width: 200, height: 200 }, data: deflateSync(zeros(60_000)) }),
    ],
    [
      'a PNG chunk that says it is two gigabytes',
      'truncated',
      join(pngMagic, ihdr(), Uint8Array.of(0x7f, 255, 255, 255), 'IDAT'),
    ],
    [
      'a PNG chunk that says it is four gigabytes',
      'damaged',
      join(pngMagic, ihdr(), Uint8Array.of(255, 255, 255, 255), 'IDAT', zeros(12)),
    ],
    [
      'a PNG that says 50,000 × 50,000',
      'too-many-pixels',
      png({ head: { width: 50_000, height: 50_000 }, data: packed }),
    ],
    [
      'a PNG that says 2,147,483,647 wide',
      'too-many-pixels',
      png({ head: { width: 2_147_483_647, height: 1 }, data: packed }),
    ],
    [
      'an interlaced PNG of 16 bits and 49 megapixels',
      'too-many-pixels',
      png({ head: { width: 7000, height: 7000, depth: 16, colour: 6, interlace: 1 }, data: packed }),
    ],
    [
      'a PNG of 49 megapixels in a hundred bytes',
      'truncated',
      png({ head: { width: 7000, height: 7000 }, data: deflateSync(zeros(100)) }),
    ],
    ['a PNG of 8 × 8 whose data unpack to 64 megabytes', 'damaged', png({ data: packed })],
    [
      'a PNG whose colour profile unpacks to 64 megabytes',
      'too-much-metadata',
      png({ before: [chunk('iCCP', join('x\0\0', packed))] }),
    ],
    [
      'a PNG whose text unpacks to 64 megabytes',
      'too-much-metadata',
      png({ before: [chunk('zTXt', join('x\0\0', packed))] }),
    ],
    [
      'a PNG whose XMP unpacks to 64 megabytes',
      'too-much-metadata',
      png({ before: [chunk('iTXt', join('XML:com.adobe.xmp\0\u0001\0\0\0', packed))] }),
    ],
    ['a PNG whose colour profile is no zlib', 'damaged', png({ before: [chunk('iCCP', 'x\0\0nothing')] })],
    ['a PNG with five megabytes of EXIF', 'too-much-metadata', png({ before: [chunk('eXIf', zeros(5 * megabyte))] })],
    ['a PNG of 30,000 texts', 'too-much-metadata', png({ before: many(30_000, chunk('tEXt', 'a\0b')) })],
    ['an animated PNG', 'animated', png({ before: [chunk('acTL', Uint8Array.of(0, 0, 0, 9, 0, 0, 0, 0))] })],

    ['HEIC by its name alone', 'damaged', box('ftyp', 'heic', zeros(4), 'mif1heic')],
    ['a HEIC that ends in the middle', 'truncated', heic.slice(0, heic.length - 40)],
    ['a HEIC without a size', 'damaged', join(box('ftyp', 'heic', zeros(4)), box('meta', zeros(20)))],
    ['a HEIC of a box of no length', 'damaged', join(box('ftyp', 'heic', zeros(4)), Uint8Array.of(0, 0, 0, 3), 'meta')],
    [
      'a HEIC of 50,000 × 50,000',
      'too-many-pixels',
      join(
        box('ftyp', 'heic', zeros(4)),
        box('meta', zeros(4), box('ispe', zeros(4), Uint8Array.of(0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50))),
      ),
    ],
    ['a film that calls itself HEIC', 'animated', join(box('ftyp', 'heic', zeros(4)), box('moov', zeros(50)))],
    [
      'a HEIC whose picture is no picture',
      'unreadable',
      await drawHeic({ seed: 'noise', slice: Buffer.alloc(900, 7) }),
    ],
    [
      'a HEIC whose picture is larger than it says',
      'unreadable',
      await drawHeic({ seed: 'liar', claims: { width: 64, height: 48 } }),
    ],
  ]
}

/** Strange, and pictures all the same. */
export async function strangePictures(): Promise<[what: string, bytes: Uint8Array][]> {
  const jpeg = await drawPhoto({ seed: 'strange', lat: 35.36, lng: 138.72 })
  const plain = sharp(jpeg)
  const made = async (picture: Sharp) => new Uint8Array(await picture.toBuffer())
  return [
    ['a JPEG with a ZIP behind it', join(jpeg, 'PK\u0003\u0004', zeros(300))],
    ['a JPEG with a page of HTML behind it', join(jpeg, '<script>alert("zekken")</script>')],
    [
      'a JPEG with a film behind it, as phones make',
      join(jpeg, box('ftyp', 'mp42', zeros(4)), box('mdat', zeros(9000))),
    ],
    ['a JPEG with a page of HTML in a comment', insert(jpeg, 2, segment(0xfe, '<script>alert("zekken")</script>'))],
    ['a PNG with a script behind it', join(png(), '<script>alert("zekken")</script>')],
    ['a JPEG whose last lines are missing', over(jpeg, markerAt(jpeg, 0xc0) + 5, ...u16(600))],
    ['a JPEG in CMYK', await made(plain.clone().toColourspace('cmyk').jpeg())],
    ['a grey JPEG', await made(plain.clone().greyscale().jpeg())],
    ['a progressive JPEG', await made(plain.clone().jpeg({ progressive: true }))],
    ['a PNG of 16 bits', await made(plain.clone().toColourspace('rgb16').png())],
    ['a grey PNG', await made(plain.clone().greyscale().png())],
    ['a transparent, interlaced PNG', await made(plain.clone().ensureAlpha(0.5).png({ progressive: true }))],
    ['a PNG of a palette', await made(plain.clone().png({ palette: true }))],
    ['a HEIC, as phones take them', await drawHeic({ seed: 'strange', lat: 35.36, lng: 138.72 })],
    ['a picture of one pixel', png({ head: { width: 1, height: 1 } })],
    [
      'fifty megapixels of one colour',
      await made(sharp({ create: { width: 8000, height: 6250, channels: 3, background: 'grey' } }).png()),
    ],
  ]
}

const many = (count: number, part: Uint8Array) => Array.from({ length: count }, () => part)
const markerEnd = (file: Uint8Array, at: number) => at + 2 + (((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0))

function withoutMarker(file: Uint8Array, marker: number): Uint8Array {
  const at = markerAt(file, marker)
  return join(file.subarray(0, at), file.subarray(markerEnd(file, at)))
}

const lastScanAt = (file: Uint8Array) => Buffer.from(file).lastIndexOf(Uint8Array.of(0xff, 0xda))
