import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { fromBase32, toBase32 } from '../../functions/rules/base32.ts'
import { type BibKeys, parseBib, readBib, signBib } from '../../functions/rules/bib-qr.ts'
import { nativeEd25519, scriptEd25519, type VerifyEd25519 } from '../../functions/rules/ed25519.ts'

const bib = { event: 'demo', number: '12', issue: 2, kid: 'K1' }
let text: string
let keys: BibKeys

beforeAll(async () => {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
  const { x } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  keys = { K1: x! }
  text = await signBib(
    bib,
    async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, message)),
  )
})

const engines: Record<string, () => Promise<VerifyEd25519>> = {
  WebCrypto: async () => (await nativeEd25519(crypto.subtle))!,
  script: scriptEd25519,
}

describe.each(Object.entries(engines))('bib verified by %s', (_, load) => {
  let verify: VerifyEd25519
  beforeAll(async () => {
    verify = await load()
  })
  const read = (scanned: string, here: { event?: string; keys?: BibKeys } = {}) =>
    readBib(scanned, { event: 'demo', keys, ...here }, verify)

  test('[QR1] a signed bib is read back as what was signed', async () => {
    expect(text).toMatch(/^[0-9A-Z:]+$/)
    expect(await read(text)).toEqual({ result: 'ok', bib })
  })

  test('[QR2] spaces, case and width that a wedge scanner changes are forgiven', async () => {
    expect(await read(` ${text.toLowerCase()}\r\n`)).toEqual({ result: 'ok', bib })
    const wide = text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
    expect(await read(wide)).toEqual({ result: 'ok', bib })
  })

  test('[QR3] another number, issue or event under the same signature is a bad signature', async () => {
    for (const changed of [text.replace(':12:', ':13:'), text.replace(':12:2:', ':12:3:')])
      expect(await read(changed)).toMatchObject({ result: 'bad-signature' })
    expect(await read(text.replace('DEMO', 'OTHER'), { event: 'other' })).toMatchObject({ result: 'bad-signature' })
  })

  test('[QR4] the other ways of not being good are told apart', async () => {
    expect(await read(text, { event: 'other' })).toEqual({ result: 'wrong-event', bib })
    expect(await read(text, { keys: {} })).toEqual({ result: 'unknown-key', bib })
    expect(await read(text, { keys: { K1: 'short' } })).toEqual({ result: 'unknown-key', bib })
    expect(await read('https://example.org')).toEqual({ result: 'not-ours' })
    for (const broken of [
      text.slice(0, -1),
      `${text}A`,
      text.replace('ZK1', 'ZK2'),
      'ZK1:',
      text.replace(':2:', ':02:'),
    ])
      expect(await read(broken)).toEqual({ result: 'malformed' })
  })

  test('[QR5] a key that is none is no reason to stop', async () => {
    const results = await Promise.all(['A'.repeat(43), '_'.repeat(43)].map((key) => read(text, { keys: { K1: key } })))
    expect(results).toEqual(Array(2).fill({ result: 'bad-signature', bib }))
  })

  test('[QR6] hostile text never throws and never passes', async () => {
    const near = fc.tuple(fc.nat({ max: 160 }), fc.string({ unit: 'binary', maxLength: 3 }))
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), near), async (input) => {
        const scanned =
          typeof input === 'string' ? input : text.slice(0, input[0]) + input[1] + text.slice(input[0] + 1)
        const { result } = await read(scanned)
        if (scanned.normalize('NFKC').trim().toUpperCase() !== text) expect(result).not.toBe('ok')
      }),
      { numRuns: 300 },
    )
  })
})

test('[QR7] where WebCrypto does not know Ed25519 there is no native engine', async () => {
  const refusing = { importKey: () => Promise.reject(new DOMException('', 'NotSupportedError')) }
  expect(await nativeEd25519(refusing as unknown as SubtleCrypto)).toBeNull()
  expect(await nativeEd25519(undefined)).toBeNull()
})

test('[QR8] a bib that could not be read back is not signed', async () => {
  const sign = async () => new Uint8Array(64)
  for (const wrong of [
    { ...bib, issue: 0 },
    { ...bib, kid: 'k:1' },
    { ...bib, number: '' },
    { ...bib, number: 'あ' },
  ])
    await expect(signBib(wrong, sign)).rejects.toThrow(RangeError)
})

test('[QR9] too long a text is not even looked at', () => {
  expect(parseBib(`ZK1:${'A'.repeat(1_000_000)}`)).toBe('not-ours')
})

test('[QR10] base32 is that of RFC 4648, and every text has one spelling', () => {
  const vectors: [string, string][] = [
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ]
  for (const [plain, coded] of vectors) expect(toBase32(new TextEncoder().encode(plain))).toBe(coded)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(fromBase32(toBase32(bytes))).toEqual(bytes)
    }),
  )
  for (const wrong of ['MZ', 'A', 'mzxq', 'MZXQ====', '0']) expect(fromBase32(wrong)).toBeNull()
})
