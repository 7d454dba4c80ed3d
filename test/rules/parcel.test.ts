import { expect, test } from 'vitest'
import type { ParcelHeader } from '../../design-docs/parcel.ts'
import { parcelHead, parcelHeadBytes, parcelLimits, planParcel, readParcelHead } from '../../functions/rules/parcel.ts'

const header: ParcelHeader = {
  parcel: '01J8Z0000000000000000000A0',
  file: 1,
  files: 1,
  event: 'demo',
  device: 'deviceone',
  deviceName: '髙﨑 の電話',
  generation: null,
  by: 'hanako',
  madeAt: 1,
  parts: [{ kind: 'facts', bytes: 2, sha256: 'a'.repeat(64), count: 0 }],
}
const whole = (head: Uint8Array) => new Uint8Array([...head, ...new Uint8Array(64).fill(7), 91, 93])

test('[PC1] a head that was written is read again, with what was signed and the signature apart', () => {
  const head = parcelHead(header)
  const bytes = whole(head)
  expect(parcelHeadBytes(bytes)).toBe(head.length + 64)
  const read = readParcelHead(bytes)
  expect(read?.header).toEqual(header)
  expect(read?.signed).toEqual(head)
  expect(read?.signature).toEqual(new Uint8Array(64).fill(7))
})

test.each([
  ['nothing', new Uint8Array()],
  ['another kind of file', whole(new TextEncoder().encode('PK\u0003\u0004 twelve and more bytes'))],
  ['another format', whole(parcelHead(header).with(8, 2))],
  ['a header of no length', whole(parcelHead(header).fill(0, 9, 12))],
  ['a header longer than any', whole(parcelHead(header).fill(255, 9, 10))],
  ['a header cut short', parcelHead(header).slice(0, 40)],
  ['a file cut within its signature', parcelHead(header)],
  ['a header that is no JSON', whole(parcelHead(header).with(12, 65))],
  ['a header that is no UTF-8', whole(parcelHead(header).with(20, 0xff))],
])('[PC2] %s is no file of records, and says so without throwing', (_what, bytes) => {
  expect(readParcelHead(new Uint8Array(bytes))).toBeNull()
})

test('[PC3] 200 photos of 2 MB and 2,000 records go into files of at most 48 MB and 400 records, each photo with its record', () => {
  const photos = Array.from({ length: 200 }, (_, n) => ({ id: `12:photo:${n}`, bytes: 2_000_000 }))
  const facts = [...photos.map(({ id }) => id), ...Array.from({ length: 1_800 }, (_, n) => `12:checkin:${n}`)]
  const files = planParcel({ facts, photos })
  expect(files.flatMap((file) => file.facts).sort()).toEqual(facts.sort())
  expect(files.flatMap((file) => file.photos)).toEqual(photos.map(({ id }) => id))
  for (const file of files) {
    expect(file.bytes + parcelLimits.factsBytes).toBeLessThan(parcelLimits.fileBytes)
    expect(file.facts.length).toBeLessThanOrEqual(parcelLimits.facts)
    for (const photo of file.photos) expect(file.facts).toContain(photo)
  }
  expect(files.length).toBe(14)
})

test('[PC3] a photo whose record the server has is still sent with its record, and a few records are one file', () => {
  expect(planParcel({ facts: ['a'], photos: [{ id: 'p', bytes: 9 }] })).toEqual([
    { facts: ['p', 'a'], photos: ['p'], bytes: 9 },
  ])
})
