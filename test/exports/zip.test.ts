import { strFromU8, strToU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { type ZipEntry, zipFile } from '../../sync-server/exports/zip-file.ts'
import { allOf } from './read-files.ts'

const atMs = Date.UTC(2026, 4, 3, 1, 0)
const entries: ZipEntry[] = [
  { name: 'a.txt', atMs, stored: strToU8('stored') },
  { name: '髙﨑/𠮷.txt', atMs, deflated: [strToU8('packed '), strToU8('packed '.repeat(50_000))] },
  { name: 'empty', atMs, stored: new Uint8Array() },
]

test('[XP9] an archive made in pieces is what any reader expects', async () => {
  const files = unzipSync(await allOf(zipFile(entries)))
  expect(Object.keys(files)).toEqual(['a.txt', '髙﨑/𠮷.txt', 'empty'])
  expect(strFromU8(files['a.txt']!)).toBe('stored')
  expect(strFromU8(files['髙﨑/𠮷.txt']!)).toBe('packed '.repeat(50_001))
})

test('[XP9] and so it is where the fields of ZIP64 begin', async () => {
  const files = unzipSync(await allOf(zipFile(entries, { wideFrom: 40 })))
  expect(Object.entries(files).map(([name, { length }]) => [name, length])).toEqual([
    ['a.txt', 6],
    ['髙﨑/𠮷.txt', 350_007],
    ['empty', 0],
  ])
})

test('[XP9] more files than two bytes can count', async () => {
  const many = Array.from({ length: 65_600 }, (_, n) => ({ name: `${n}`, atMs, stored: new Uint8Array() }))
  const bytes = await allOf(zipFile(many))
  const end = bytes.length - 22
  const view = new DataView(bytes.buffer)
  expect(view.getUint16(end + 10, true)).toBe(0xffff)
  expect(view.getBigUint64(end - 76 + 32, true)).toBe(65_600n)
})
