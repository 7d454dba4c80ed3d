import { type CheckedEntry, type Entrant, entrant as entrantSchema } from '../../design-docs/entry.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc } from '../login/office.ts'
import type { NumberClaims } from './claim-number.ts'
import { amendEntrant, type Entered, entrantId, isNumbered } from './entrants.ts'
import type { EntryPlan } from './entry-plan.ts'
import { settleEntry } from './settle-entry.ts'

export type Application = {
  /** Made by the form when it was opened; the same entry sent again carries the same. */
  draft: string
  entry: CheckedEntry
  language: 'ja' | 'en'
  /** The answers are wanted in the reply. */
  wantsCopy: boolean
}

/**
 * Enters a team: first who they are, then their number, then the fact that makes them a team. Broken off anywhere and
 * sent again it goes on where it was; sent twice at once it is one entry.
 */
export async function registerEntry(
  it: Installation,
  { event, form }: EntryPlan,
  { application, claims }: { application: Application; claims: Pick<NumberClaims, 'claim'> },
): Promise<Entered> {
  const { draft } = application
  const at = it.now()
  const _id = entrantId(event.code, draft)
  const fresh: Entrant = {
    _id,
    type: 'entrant',
    event: event.code,
    version: 1,
    ...application,
    enteredAt: at,
    changedAt: at,
  }
  const kept = await amendDoc(it.office, _id, {
    schema: entrantSchema,
    change: (found: Entrant | null) => (found ? null : fresh),
  })
  if (!kept) throw new AppError('ZK-SYS-002')
  if (kept.withdrawnAt !== undefined) throw new AppError('ZK-ENTRY-005')
  const entered = isNumbered(kept) ? kept : await giveNumber(it, kept, await claims.claim(event.code, draft, form))
  return await settleEntry(it, entered)
}

/** The first number that an entry got is its own. */
async function giveNumber(it: Installation, found: Entrant, number: string): Promise<Entered> {
  const change = (standing: Entrant) => (isNumbered(standing) ? null : { ...standing, number })
  return (await amendEntrant(it, found, change)) as Entered
}
