import { AppError } from '../../design-docs/errors.ts'
import { admitPicture, type Scanning } from './admit-picture.ts'
import { heldError } from './held-pictures.ts'

/**
 * For pictures that are drawn anew at once and kept nowhere else: ZK-PLAN-002 names the field, and the reason beside it,
 * when these bytes are no picture that is taken; ZK-FILM-008 and 009 speak for the scanner.
 */
export async function demandPicture(
  scanning: Scanning,
  bytes: Uint8Array,
  { field, limitBytes }: { field: string; limitBytes: number },
): Promise<void> {
  const seen = await admitPicture(scanning, bytes, limitBytes)
  if (seen.problem === 'infected' || seen.problem === 'unscanned') throw heldError(seen)
  if (seen.problem !== undefined) {
    const { problem } = seen
    throw new AppError('ZK-PLAN-002', { figures: { fields: [{ field, problem: 'unreadable' }], problem } })
  }
}
