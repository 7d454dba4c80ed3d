import { crc32 } from 'node:zlib'

/** A file for a ZIP; its bytes are in memory one file at a time. `name` is UTF-8 with `/` between folders. */
export type ZipEntry = { name: string; bytes: Uint8Array; modifiedMs: number }

type Listed = { name: Buffer; size: number; crc: number; offset: number; stamp: [time: number, date: number] }

const most32 = 0xffff_ffff
const most16 = 0xffff
/** General purpose bit 11: names are UTF-8. */
const utf8Names = 0x800
const version = 45

/**
 * A ZIP of any size, written as its files come. They are stored as they are: pictures, PDF and Excel files are packed
 * already. APPNOTE 6.3.10 with Zip64. Answers names that unpack nowhere but below the folder.
 */
export async function* zipStream(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const listed: Listed[] = []
  let written = 0
  for await (const { name, bytes, modifiedMs } of entries) {
    const one: Listed = {
      name: Buffer.from(safeName(name), 'utf8'),
      size: bytes.length,
      crc: crc32(bytes),
      offset: written,
      stamp: dosTime(modifiedMs),
    }
    listed.push(one)
    const head = localHeader(one)
    written += head.length + bytes.length
    yield head
    yield bytes
  }
  const start = written
  for (const one of listed) {
    const line = centralHeader(one)
    written += line.length
    yield line
  }
  yield endOf({ count: listed.length, start, size: written - start })
}

/** Without anything by which a program that unpacks could be led out of its folder. */
export const safeName = (name: string) =>
  name
    .split('/')
    .map((part) => part.replace(/[\p{Cc}\\:*?"<>|]/gu, '_').replace(/^\.+$/, '_'))
    .filter(Boolean)
    .join('/')

function localHeader({ name, size, crc, stamp }: Listed): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(version, 4)
  head.writeUInt16LE(utf8Names, 6)
  head.writeUInt16LE(stamp[0], 10)
  head.writeUInt16LE(stamp[1], 12)
  head.writeUInt32LE(crc, 14)
  head.writeUInt32LE(size, 18)
  head.writeUInt32LE(size, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function centralHeader({ name, size, crc, offset, stamp }: Listed): Buffer {
  const isFar = offset >= most32
  const extra = Buffer.alloc(isFar ? 12 : 0)
  if (isFar) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(8, 2)
    extra.writeBigUInt64LE(BigInt(offset), 4)
  }
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  // Made on Unix, where the rights in the upper half of the attributes mean something.
  head.writeUInt16LE((3 << 8) | version, 4)
  head.writeUInt16LE(version, 6)
  head.writeUInt16LE(utf8Names, 8)
  head.writeUInt16LE(stamp[0], 12)
  head.writeUInt16LE(stamp[1], 14)
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(size, 20)
  head.writeUInt32LE(size, 24)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt16LE(extra.length, 30)
  head.writeUInt32LE(0o100644 * 0x1_0000, 38)
  head.writeUInt32LE(isFar ? most32 : offset, 42)
  return Buffer.concat([head, name, extra])
}

function endOf({ count, start, size }: { count: number; start: number; size: number }): Buffer {
  const isLarge = count >= most16 || start >= most32 || size >= most32
  const large = Buffer.alloc(isLarge ? 76 : 0)
  if (isLarge) {
    large.writeUInt32LE(0x06064b50, 0)
    large.writeBigUInt64LE(44n, 4)
    large.writeUInt16LE(version, 12)
    large.writeUInt16LE(version, 14)
    large.writeBigUInt64LE(BigInt(count), 24)
    large.writeBigUInt64LE(BigInt(count), 32)
    large.writeBigUInt64LE(BigInt(size), 40)
    large.writeBigUInt64LE(BigInt(start), 48)
    large.writeUInt32LE(0x07064b50, 56)
    large.writeBigUInt64LE(BigInt(start + size), 64)
    large.writeUInt32LE(1, 72)
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, most16), 8)
  end.writeUInt16LE(Math.min(count, most16), 10)
  end.writeUInt32LE(Math.min(size, most32), 12)
  end.writeUInt32LE(Math.min(start, most32), 16)
  return Buffer.concat([large, end])
}

/** Two seconds are the finest it knows, and UTC is as good as any: the format has no zone. */
function dosTime(ms: number): [time: number, date: number] {
  const at = new Date(Math.max(ms, Date.UTC(1980, 0, 1)))
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  return [time, date]
}
