import sharp from 'sharp'
import type { Random } from './random.ts'

const commentBytes = 65_533
const picture = await sharp({ create: { width: 60, height: 42, channels: 3, background: '#887766' } })
  .jpeg()
  .toBuffer()

/** A photo of one to three pieces that is like no other: the same picture with comments of any length. */
export function makeFilm(random: Random): Buffer {
  const comment = Buffer.alloc(random.below(350_000))
  for (let i = 0; i < comment.length; i += 1024) comment.writeUInt8(random.below(256), i)
  const parts: Buffer[] = [picture.subarray(0, 2)]
  for (let from = 0; from < comment.length; from += commentBytes) {
    const part = comment.subarray(from, from + commentBytes)
    const head = Buffer.from([0xff, 0xfe, 0, 0])
    head.writeUInt16BE(part.length + 2, 2)
    parts.push(head, part)
  }
  return Buffer.concat([...parts, Buffer.from(`\xff\xfe\x00\x0a${token(random)}`, 'latin1'), picture.subarray(2)])
}

/** The picture without anything, small enough for a preview. */
export const previewFilm = picture

const token = (random: Random) => random.fraction().toString(36).padEnd(10, '0').slice(2, 10)
