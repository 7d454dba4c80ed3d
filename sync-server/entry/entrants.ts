import { type Entrant, entrant } from '../../design-docs/entry.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDoc } from '../login/office.ts'

/** An entrant with a receipt number, which is its team's. */
export type Entered = Entrant & { number: string }

export const entrantId = (event: string, draft: string) => `entrant:${event}:${draft}`

export const isNumbered = (one: Entrant): one is Entered => one.number !== undefined

export const findEntrant = (it: Installation, event: string, draft: string): Promise<Entrant | null> =>
  readDoc(it.office, entrantId(event, draft), entrant)

/** Changes an entrant that is there; `change` answers null to leave it as it is. */
export async function amendEntrant(
  it: Installation,
  found: Pick<Entrant, 'event' | 'draft'>,
  change: (entrant: Entrant) => Entrant | null,
): Promise<Entrant> {
  const amended = await amendDoc(it.office, entrantId(found.event, found.draft), {
    schema: entrant,
    change: (standing) => standing && change(standing),
  })
  if (!amended) throw new AppError('ZK-ENTRY-004')
  return amended
}
