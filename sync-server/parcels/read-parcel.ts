import { createHash, createPublicKey, verify } from 'node:crypto'
import { AppError } from '../../design-docs/errors.ts'
import type { Device } from '../../design-docs/office.ts'
import { type ParcelHeader, parcelHeader } from '../../design-docs/parcel.ts'
import { parcelLayout, readParcelHead } from '../../functions/rules/parcel.ts'
import { badFields } from '../gateway/bad-fields.ts'
import { findDevice } from '../login/devices.ts'
import type { Installation } from '../login/installation.ts'

/** Head and facts of one file: what a request may carry; the originals follow piece by piece. */
export const parcelLimitBytes =
  parcelLayout.prefixBytes + parcelLayout.headerLimitBytes + parcelLayout.signatureBytes + 8 * 1_048_576

export type Parcel = { header: ParcelHeader; device: Device; docs: readonly unknown[] }
type Wish = {
  event: string
  /** The generation of another server's data that an admin takes all the same. */
  despite?: string | undefined
}

/**
 * A file whose signature is that of the device it names, and whose facts are what was signed. Throws ZK-FILE-001 to
 * ZK-FILE-004 and ZK-FACT-003; the signature is checked before anything that it covers is believed.
 */
export async function readParcel(it: Installation, bytes: Uint8Array, wish: Wish): Promise<Parcel> {
  const head = readParcelHead(new Uint8Array(bytes))
  if (!head) throw broken('head')
  const parsed = parcelHeader.safeParse(head.header)
  if (!parsed.success) throw broken('header', { fields: badFields(parsed.error, head.header) })
  const header = parsed.data
  if (header.event !== wish.event) throw new AppError('ZK-FACT-003')
  const device = await findDevice(it, header.device)
  if (!device) throw new AppError('ZK-FILE-003', { figures: { device: header.device } })
  if (!isSignedBy(device, head)) throw new AppError('ZK-FILE-002', { figures: { device: header.device } })
  if (header.generation !== null && header.generation !== it.generation && header.generation !== wish.despite) {
    throw new AppError('ZK-FILE-004', { figures: { generation: header.generation } })
  }
  const [facts] = header.parts
  const content = bytes.subarray(head.signed.length + head.signature.length)
  if (content.length !== facts.bytes || sha256(content) !== facts.sha256) throw broken('facts')
  const docs = arrayIn(content)
  if (docs === null || docs.length !== facts.count) throw broken('facts')
  return { header, device, docs }
}

const broken = (where: string, figures: Record<string, unknown> = {}) =>
  new AppError('ZK-FILE-001', { figures: { where, ...figures } })

function isSignedBy({ publicKey }: Device, head: { signed: Uint8Array; signature: Uint8Array }): boolean {
  if (!publicKey) return false
  try {
    const key = createPublicKey({ key: publicKey, format: 'jwk' })
    return verify('sha256', head.signed, { key, dsaEncoding: 'ieee-p1363' }, head.signature)
  } catch {
    // A point that is on no curve has signed nothing.
    return false
  }
}

function arrayIn(bytes: Uint8Array): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return Array.isArray(value) ? value : null
  } catch {
    // Signed, and still no JSON.
    return null
  }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
