import { hkdfSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Card } from '../../design-docs/derived.ts'
import { sealed as sealedSchema } from '../../design-docs/derived.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { toBase32 } from '../../functions/rules/base32.ts'
import { bibOpener } from '../../functions/rules/bib-opener.ts'
import { issuesIn } from '../../functions/rules/issues-in.ts'
import { openCard } from '../../functions/rules/open-card.ts'
import { sealCard } from '../../functions/rules/seal-card.ts'
import { cardDoc } from './make-cards.ts'
import { atMinute, factMaker } from './make-facts.ts'

const signature = (fill: number) => new Uint8Array(64).fill(fill)
const card = cardDoc('12', { name: '髙﨑隊', members: [{ id: 'm1', name: '𠮷田\u3000健' }] })
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

test('[GT1] id, key and key of nonces are those that RFC 5869 makes of the signature and these words, for ever', async () => {
  const { id, key, nonceKey } = await bibOpener(signature(7))
  const derived = (info: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', signature(7), 'zekken sealed card', info, bytes))
  expect(id).toBe('sealed:EAH5HS4LB46TMYRNFCAIO2OYKY')
  expect(id).toBe(`sealed:${toBase32(derived('id', 16))}`)
  expect([hex(key), hex(nonceKey)]).toEqual([hex(derived('key', 32)), hex(derived('nonce', 32))])
})

test('[GT1] a card comes back unchanged, and fits its schema', async () => {
  const opener = await bibOpener(signature(7))
  const sealed = await sealCard(card, opener)
  expect(sealedSchema.parse(sealed)).toEqual(sealed)
  expect(await openCard(opener, sealed.box)).toEqual(card)
})

test('[GT2] another signature finds nothing and opens nothing; nor does a changed byte, or another id', async () => {
  const [own, other] = [await bibOpener(signature(7)), await bibOpener(signature(8))]
  const { box } = await sealCard(card, own)
  expect(other.id).not.toBe(own.id)
  expect(await openCard(other, box)).toBeNull()
  expect(await openCard({ ...own, id: other.id }, box)).toBeNull()
  for (const at of [0, 11, 12, 600]) {
    const bytes = Buffer.from(box, 'base64')
    bytes[at]! ^= 1
    expect(await openCard(own, bytes.toString('base64'))).toBeNull()
  }
  for (const broken of ['', 'AAAA', 'no base64 at all!']) expect(await openCard(own, broken)).toBeNull()
})

test('[GT3] the same card gives the same bytes, whatever the order of its fields and its revision; another one others', async () => {
  const opener = await bibOpener(signature(7))
  const turned = Object.fromEntries(Object.entries({ ...card, _rev: '5-a' }).reverse()) as Card
  const sealed = await sealCard(card, opener)
  expect(await sealCard(turned, opener)).toEqual(sealed)
  const next = await sealCard({ ...card, takenIn: '0001' }, opener)
  expect(next._id).toBe(sealed._id)
  // A nonce that two contents shared would give both away.
  expect(next.box.slice(0, 16)).not.toBe(sealed.box.slice(0, 16))
})

test('[GT4] nothing of the card can be read, and its length says next to nothing', async () => {
  const opener = await bibOpener(signature(7))
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 400 }), async (name) => {
      const { box } = await sealCard({ ...card, name }, opener)
      expect(await openCard(opener, box)).toMatchObject({ name })
      expect([1024, 2048, 4096]).toContain(Buffer.from(box, 'base64').length - 12 - 16)
    }),
    { numRuns: 50 },
  )
  const { _id, box } = await sealCard(card, opener)
  expect(`${_id} ${Buffer.from(box, 'base64').toString('latin1')}`).not.toMatch(/card|Team|"12"|:12/)
})

test('[GT5] every issue that was ever given out is known, from facts that were undone too, once each', () => {
  const { entry, make } = factMaker('12')
  const issue = (is: unknown) => make('correction', { at: atMinute(1), field: 'bibIssue', was: 1, is: is as never })
  const bind = (bib: string, issue: number) => make('bind', { at: atMinute(1), bib, issue, name: 'a', classIds: ['a'] })
  const second = issue(2)
  const undone = make('void', { at: atMinute(2), fact: second._id, reason: 'x' })
  const facts: Fact[] = [entry(), second, undone, issue(2), issue(10), issue('x'), issue(0), issue(1e9), issue(1.5)]
  expect(issuesIn('12', facts)).toEqual([1, 2, 10])
  expect(issuesIn('12', [bind('12', 3), bind('13', 4)])).toEqual([3])
  expect(issuesIn('12', [])).toEqual([])
})
