import { createHash } from 'node:crypto'
import type { AppError } from '../../design-docs/errors.ts'
import type { Installation } from '../login/installation.ts'
import type { NotAdmitted } from './admit-picture.ts'
import { heldError, noteHeldFile } from './held-pictures.ts'
import type { Storage } from './storage.ts'

type Brought = { event: string; bytes: Uint8Array; by: string }

/**
 * Keeps apart what the scanner found in a file that somebody brought in by hand, and tells the organizers. What nobody
 * could scan stays with its sender, who is told to try again. Answers the error that the sender is told.
 */
export async function withheld(
  { it, storage }: { it: Installation; storage: Storage },
  { event, bytes, by }: Brought,
  why: Extract<NotAdmitted, { problem: 'infected' | 'unscanned' }>,
): Promise<AppError> {
  if (why.problem === 'infected') {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const storageKey = `${event}/quarantine/file:${sha256}`
    await storage.put(storageKey, bytes)
    const { problem, found } = why
    await noteHeldFile(
      it,
      { event, by, sha256, bytes: bytes.length },
      { state: 'infected', problem, found, storageKey },
    )
  }
  return heldError(why)
}
