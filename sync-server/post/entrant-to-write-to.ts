import type { Outgoing } from '../../design-docs/mail.ts'
import { type Entered, findEntrant, isNumbered } from '../entry/entrants.ts'
import { forgottenTeams } from '../forget/forgotten-teams.ts'
import type { Installation } from '../login/installation.ts'

/** Whom a mail goes to: an entry with its number; null once it is gone, or its people asked for their data to go. */
export async function entrantToWriteTo(
  it: Installation,
  { event, draft }: Pick<Outgoing, 'event' | 'draft'>,
): Promise<Entered | null> {
  const [entered, forgotten] = await Promise.all([findEntrant(it, event, draft), forgottenTeams(it, event)])
  return entered && isNumbered(entered) && !forgotten.has(entered.number) ? entered : null
}
