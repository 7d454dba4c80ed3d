import { crc32, createDeflateRaw } from 'node:zlib'

type Bytes = Uint8Array
/** A file of the archive. Pictures are stored as they are, since they are packed already; a sheet is deflated as it comes. */
export type ZipEntry = { name: string; atMs: number } & ({ stored: Bytes } | { deflated: Iterable<Bytes> })

type Written = { name: Buffer; flags: number; method: number; time: number } & Sizes & { offset: number }
type Sizes = { crc: number; packed: number; size: number }

const largest32 = 0xffff_ffff
const largest16 = 0xffff
const utf8Name = 0x0800
const sizesFollow = 0x0008

/**
 * A ZIP in pieces, of any size: one file at a time is in memory, and beyond 4 GB or 65,535 files the directory has the
 * fields of ZIP64. `wideFrom` is where it begins to need them, less only in tests.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function* zipFile(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
  { wideFrom = largest32 }: { wideFrom?: number } = {},
): AsyncGenerator<Bytes> {
  const written: Written[] = []
  let offset = 0
  for await (const entry of entries) {
    const name = Buffer.from(entry.name)
    const head = { name, time: dosTime(entry.atMs), offset }
    if ('stored' in entry) {
      const { stored } = entry
      const sizes = { crc: crc32(stored), packed: stored.length, size: stored.length }
      const file = { ...head, ...sizes, flags: utf8Name, method: 0 }
      yield* [localHeader(file), stored]
      written.push(file)
      offset += 30 + name.length + stored.length
    } else {
      const file = { ...head, crc: 0, packed: 0, size: 0, flags: utf8Name | sizesFollow, method: 8 }
      yield localHeader(file)
      yield* deflated(entry.deflated, file)
      yield descriptor(file)
      written.push(file)
      offset += 30 + name.length + file.packed + 16
    }
  }
  const directory = written.map((file) => directoryEntry(file, wideFrom))
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  for (const one of directory) yield one
  yield ending({ count: written.length, size, offset, wideFrom })
}

/** Deflates what comes and counts it into `sizes`. */
async function* deflated(parts: Iterable<Bytes>, sizes: Sizes): AsyncGenerator<Bytes> {
  const deflate = createDeflateRaw()
  async function feed() {
    for (const part of parts) {
      sizes.crc = crc32(part, sizes.crc)
      sizes.size += part.length
      if (!deflate.write(part)) await new Promise((resolve) => deflate.once('drain', resolve))
    }
    deflate.end()
  }
  feed().catch((error: Error) => deflate.destroy(error))
  for await (const part of deflate as AsyncIterable<Buffer>) {
    sizes.packed += part.length
    yield part
  }
  if (sizes.size > largest32) throw new RangeError('a deflated file of more than 4 GB')
}

function localHeader({ name, flags, method, time, crc, packed, size }: Omit<Written, 'offset'>): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(flags, 6)
  head.writeUInt16LE(method, 8)
  head.writeUInt32LE(time, 10)
  head.writeUInt32LE(crc, 14)
  head.writeUInt32LE(packed, 18)
  head.writeUInt32LE(size, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function descriptor({ crc, packed, size }: Sizes): Buffer {
  const after = Buffer.alloc(16)
  after.writeUInt32LE(0x08074b50, 0)
  after.writeUInt32LE(crc, 4)
  after.writeUInt32LE(packed, 8)
  after.writeUInt32LE(size, 12)
  return after
}

function directoryEntry(file: Written, wideFrom: number): Buffer {
  const isWide = file.offset >= wideFrom
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(isWide ? 45 : 20, 4)
  head.writeUInt16LE(isWide ? 45 : 20, 6)
  head.writeUInt16LE(file.flags, 8)
  head.writeUInt16LE(file.method, 10)
  head.writeUInt32LE(file.time, 12)
  head.writeUInt32LE(file.crc, 16)
  head.writeUInt32LE(file.packed, 20)
  head.writeUInt32LE(file.size, 24)
  head.writeUInt16LE(file.name.length, 28)
  head.writeUInt16LE(isWide ? 12 : 0, 30)
  head.writeUInt32LE(isWide ? largest32 : file.offset, 42)
  const wide = Buffer.alloc(isWide ? 12 : 0)
  if (isWide) {
    wide.writeUInt16LE(0x0001, 0)
    wide.writeUInt16LE(8, 2)
    wide.writeBigUInt64LE(BigInt(file.offset), 4)
  }
  return Buffer.concat([head, file.name, wide])
}

type Directory = { count: number; size: number; offset: number; wideFrom: number }

function ending({ count, size, offset, wideFrom }: Directory): Buffer {
  const isWide = offset >= wideFrom || size >= wideFrom || count >= largest16
  const wide = Buffer.alloc(isWide ? 76 : 0)
  if (isWide) {
    wide.writeUInt32LE(0x06064b50, 0)
    wide.writeBigUInt64LE(44n, 4)
    wide.writeUInt16LE(45, 12)
    wide.writeUInt16LE(45, 14)
    wide.writeBigUInt64LE(BigInt(count), 24)
    wide.writeBigUInt64LE(BigInt(count), 32)
    wide.writeBigUInt64LE(BigInt(size), 40)
    wide.writeBigUInt64LE(BigInt(offset), 48)
    wide.writeUInt32LE(0x07064b50, 56)
    wide.writeBigUInt64LE(BigInt(offset + size), 64)
    wide.writeUInt32LE(1, 72)
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(isWide ? largest16 : count, 8)
  end.writeUInt16LE(isWide ? largest16 : count, 10)
  end.writeUInt32LE(isWide ? largest32 : size, 12)
  end.writeUInt32LE(isWide ? largest32 : offset, 16)
  return Buffer.concat([wide, end])
}

/** Date in the upper half, time in the lower, in steps of two seconds from 1980 on; UTC, since a ZIP knows no zones. */
function dosTime(atMs: number): number {
  const at = new Date(Math.max(atMs, Date.UTC(1980, 0)))
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  return date * 0x10000 + time
}
