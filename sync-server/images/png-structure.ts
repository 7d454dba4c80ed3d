import { crc32, inflateSync } from 'node:zlib'
import type { PictureProblem } from '../../design-docs/pictures.ts'
import { metadataLimitBytes, profileLimitBytes, type Structure, weigh } from './picture-limits.ts'

/** By colour type: channels, and the depths that go with it. https://www.w3.org/TR/png-3/#11IHDR */
const kinds: Record<number, { channels: number; depths: readonly number[] }> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
}
const known = ['IHDR', 'PLTE', 'IDAT', 'IEND']
const mostChunks = 20_000
/** Nothing that is deflated shrinks further: https://www.zlib.net/zlib_tech.html */
const mostShrunk = 1032

type Head = { width: number; height: number; bits: number; isIndexed: boolean; isInterlaced: boolean }

/**
 * What a PNG says before anything of it is unpacked: size, checksums, how much else it carries, and whether it is all
 * there. What follows its end is left alone; nothing reads it.
 */
export function pngStructure(bytes: Uint8Array): Structure | { problem: PictureProblem } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.length < 8) return { problem: 'truncated' }
  if (file.readUInt32BE(4) !== 0x0d0a1a0a) return { problem: 'damaged' }
  let head: Head | null = null
  let hasPalette = false
  let [data, metadata, last] = [0, 0, '']
  for (let [at, chunks] = [8, 0]; ; chunks++) {
    if (chunks > mostChunks) return { problem: 'too-much-metadata' }
    if (at + 12 > file.length) return { problem: 'truncated' }
    const length = file.readUInt32BE(at)
    const name = file.toString('latin1', at + 4, at + 8)
    if (!/^[A-Za-z]{4}$/.test(name)) return { problem: 'damaged' }
    if (length > 0x7fffffff) return { problem: 'damaged' }
    if (at + 12 + length > file.length) return { problem: 'truncated' }
    const content = file.subarray(at + 8, at + 8 + length)
    if (crc32(file.subarray(at + 4, at + 8 + length)) !== file.readUInt32BE(at + 8 + length)) {
      return { problem: 'damaged' }
    }
    at += 12 + length
    if ((name === 'IHDR') !== (head === null)) return { problem: 'damaged' }
    if (name === 'IHDR') head = headOf(content)
    if (!head) return { problem: 'damaged' }
    if (name === 'IEND') break
    if (name === 'acTL' || name === 'fcTL' || name === 'fdAT') return { problem: 'animated' }
    if (name === 'IDAT') {
      if (data > 0 && last !== 'IDAT') return { problem: 'damaged' }
      data += length
    } else if (name === 'PLTE') hasPalette = true
    else if (name !== 'IHDR') {
      // A chunk that may not be passed over and that nobody knows: an upper-case first letter.
      if (!known.includes(name) && name.charAt(0) < 'a') return { problem: 'damaged' }
      metadata += length
      if (metadata > metadataLimitBytes) return { problem: 'too-much-metadata' }
      const problem = packedProblem(name, content)
      if (problem) return { problem }
    }
    last = name
  }
  if (!head || data === 0 || (head.isIndexed && !hasPalette)) return { problem: 'damaged' }
  const { width, height, bits, isInterlaced } = head
  const unpacked = height * (Math.ceil((width * bits) / 8) + 1)
  const seen = weigh({ width, height, unpackedBytes: isInterlaced ? unpacked : 0 })
  if ('problem' in seen && seen.problem) return seen
  if (unpacked > data * mostShrunk) return { problem: 'truncated' }
  // More than there are pixels for, however badly it is packed.
  return data > unpacked * 1.2 + 4096 ? { problem: 'damaged' } : seen
}

function headOf(content: Buffer): Head | null {
  if (content.length !== 13) return null
  const [width, height] = [content.readUInt32BE(0), content.readUInt32BE(4)]
  const [depth = 0, colour = 0, packing, filter, interlace = 0] = content.subarray(8)
  const kind = kinds[colour]
  const isRight = kind?.depths.includes(depth) && packing === 0 && filter === 0 && interlace <= 1
  if (!kind || !isRight || width === 0 || height === 0) return null
  return { width, height, bits: kind.channels * depth, isIndexed: colour === 3, isInterlaced: interlace === 1 }
}

/** What is packed inside a chunk is unpacked as far as it may be long, so that no decoder meets more. */
function packedProblem(name: string, content: Buffer): PictureProblem | null {
  if (name !== 'iCCP' && name !== 'zTXt' && name !== 'iTXt') return null
  const end = content.indexOf(0)
  if (end === -1) return 'damaged'
  let packed: Buffer | null = content.subarray(end + 2)
  if (name === 'iTXt') {
    const language = content.indexOf(0, end + 3)
    const translated = language === -1 ? -1 : content.indexOf(0, language + 1)
    if (translated === -1) return 'damaged'
    packed = content[end + 1] === 1 ? content.subarray(translated + 1) : null
  }
  if (packed === null) return null
  try {
    inflateSync(packed, { maxOutputLength: profileLimitBytes })
    return null
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-much-metadata' : 'damaged'
  }
}
