import { fromBase32, toBase32 } from './base32.ts'
import { type VerifyEd25519, verifyEd25519 } from './ed25519.ts'

/** What a bib says: whose it is. It identifies; it does not authenticate. */
export type Bib = { event: string; number: string; issue: number; kid: string }

/** What became of a scanned text; all but the first two name the bib that the text claims to be. */
export type BibReading =
  | { result: 'not-ours' | 'malformed' }
  | { result: 'wrong-event' | 'bad-signature'; bib: Bib }
  | { result: 'ok' | 'unknown-key'; bib: Bib }

/** Ed25519 public keys by key id, 32 bytes in base64url, as in the `keys` document. */
export type BibKeys = Readonly<Record<string, string>>

type ParsedBib = { bib: Bib; signed: Bytes; signature: Bytes }
type Bytes = Uint8Array<ArrayBuffer>

const form = /^ZK1:([A-Z][A-Z0-9]{0,19}):([A-Z0-9]{1,12}):([1-9][0-9]{0,5}):([A-Z0-9]{1,12}):([A-Z2-7]{103})$/
const longestText = 300

/** The part that is signed, and the beginning of the QR's text. */
const signedPart = ({ event, number, issue, kid }: Bib) => `ZK1:${event.toUpperCase()}:${number}:${issue}:${kid}`

const utf8 = (text: string) => new TextEncoder().encode(text)

/** The text of a bib's QR, all in the QR's alphanumeric set; throws on a bib that could not be read back. */
export async function signBib(bib: Bib, sign: (message: Bytes) => Promise<Uint8Array>): Promise<string> {
  const part = signedPart(bib)
  const text = `${part}:${toBase32(await sign(utf8(part)))}`
  if (!form.test(text)) throw new RangeError(`not the form of a bib: ${part}`)
  return text
}

/** Reads the form alone. A wedge scanner may add spaces or change case and width, so those are forgiven. */
export function parseBib(text: string): ParsedBib | 'not-ours' | 'malformed' {
  if (text.length > longestText) return 'not-ours'
  const plain = text.normalize('NFKC').trim().toUpperCase()
  if (!/^ZK[0-9]+:/.test(plain)) return 'not-ours'
  const [, event, number, issue, kid, spelled] = form.exec(plain) ?? []
  const signature = spelled === undefined ? null : fromBase32(spelled)
  if (!event || !number || !issue || !kid || !signature) return 'malformed'
  const bib = { event: event.toLowerCase(), number, issue: Number(issue), kid }
  return { bib, signed: utf8(plain.slice(0, plain.lastIndexOf(':'))), signature }
}

/** Reads and verifies a scanned text of any origin; never throws. */
export async function readBib(
  text: string,
  here: { event: string; keys: BibKeys },
  verify: VerifyEd25519 = verifyEd25519,
): Promise<BibReading> {
  const parsed = parseBib(text)
  if (typeof parsed === 'string') return { result: parsed }
  const { bib, signed, signature } = parsed
  if (bib.event !== here.event) return { result: 'wrong-event', bib }
  const key = Object.hasOwn(here.keys, bib.kid) ? fromBase64url(here.keys[bib.kid]!) : null
  if (!key) return { result: 'unknown-key', bib }
  return { result: (await verify(signature, signed, key)) ? 'ok' : 'bad-signature', bib }
}

function fromBase64url(text: string): Bytes | null {
  if (!/^[\w-]{43}$/.test(text)) return null
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
}
