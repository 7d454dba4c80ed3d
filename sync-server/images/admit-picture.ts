import type { PictureProblem } from '../../design-docs/pictures.ts'
import { type CheckedPicture, checkPicture } from './check-picture.ts'

/** What a scanner for malware says of bytes; rejects while it does not answer. */
export type Scan = (bytes: Uint8Array) => Promise<{ found: string | null }>
export type Scanning = { scan: Scan | null; warn(message: string, cause: unknown): void }

export type NotAdmitted =
  | { problem: Exclude<PictureProblem, 'infected'> }
  | { problem: 'infected'; found: string }
  /** It may be a picture; nobody has looked. */
  | { problem: 'unscanned'; cause: unknown }

/** Whether bytes from outside may become a picture here: by what they are, and then by the scanner, if there is one. */
export async function admitPicture(
  { scan, warn }: Scanning,
  bytes: Uint8Array,
  limitBytes?: number,
): Promise<CheckedPicture | NotAdmitted> {
  const seen = await checkPicture(bytes, limitBytes)
  if (seen.problem !== undefined) return seen as NotAdmitted
  if (!scan) return seen
  try {
    const { found } = await scan(bytes)
    return found === null ? seen : { problem: 'infected', found }
  } catch (cause) {
    warn('the scanner for malware does not answer', cause)
    return { problem: 'unscanned', cause }
  }
}
