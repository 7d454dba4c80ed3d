import { isDeepStrictEqual } from 'node:util'
import type { CheckedEntry, Entrant } from '../../design-docs/entry.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { Installation } from '../login/installation.ts'
import type { NumberClaims } from './claim-number.ts'
import { amendEntrant, type Entered, isNumbered } from './entrants.ts'
import { settleEntry } from './settle-entry.ts'

/** Puts another entry in the place of what was sent before. The same again changes nothing. */
export async function editEntry(it: Installation, found: Entered, entry: CheckedEntry): Promise<Entered> {
  const amended = await amendEntrant(it, found, (standing) => {
    if (standing.withdrawnAt !== undefined) throw new AppError('ZK-ENTRY-005')
    if (isDeepStrictEqual(standing.entry, entry)) return null
    return { ...standing, entry, version: standing.version + 1, changedAt: it.now() }
  })
  return await settleEntry(it, numbered(amended))
}

/** Takes the team out of the event: it stays listed, is not placed, and its place is free for another. */
export async function withdrawEntry(it: Installation, found: Entered, claims: NumberClaims): Promise<Entered> {
  const amended = await amendEntrant(it, found, (standing) =>
    standing.withdrawnAt === undefined ? { ...standing, withdrawnAt: it.now() } : null,
  )
  const withdrawn = await settleEntry(it, numbered(amended))
  await claims.free(withdrawn.event, withdrawn.number)
  return withdrawn
}

function numbered(entrant: Entrant): Entered {
  if (!isNumbered(entrant)) throw new AppError('ZK-ENTRY-004')
  return entrant
}
