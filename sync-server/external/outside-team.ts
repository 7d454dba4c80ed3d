import type { z } from 'zod'
import { databaseName } from '../../design-docs/databases.ts'
import { type OutsideTeam, outside } from '../../design-docs/derived.ts'
import { type OutsideState, tellAgainId, type tellAgainNote, told, toldId } from '../../design-docs/external.ts'
import { outsideId } from '../../design-docs/ids.ts'
import { parkedDoc } from '../../design-docs/runner-docs.ts'
import { findForgottenTeam } from '../forget/forgotten-teams.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc } from '../login/office.ts'
import { isNeverHeard, outsideStateOf } from './next-call.ts'

/** Stands for a function in the ids of problems: what the external system refused. */
export const externalParked = 'external'

/** How it stands with a team in the external system; null where there is none, or where it is not to hear of the team. */
export async function outsideTeam(
  { couch, office }: Pick<Installation, 'couch' | 'office'>,
  { event, team }: { event: string; team: string },
): Promise<OutsideState | null> {
  const desk = couch.database(databaseName(event, 'desk'))
  const found = await readDoc(desk, outsideId(team), outside)
  if (!found) return null
  const wanted = (await findForgottenTeam({ office }, event, team)) ? forgottenOutside(found) : found
  const standing = (await readDoc(office, toldId(event, team), told)) ?? undefined
  return wanted.status && isNeverHeard(standing) ? null : outsideStateOf(wanted, standing)
}

/** What the external system is to know of a team whose people's data were deleted: that, and nothing of them. */
export const forgottenOutside = ({ report: _, ...known }: OutsideTeam): OutsideTeam => ({
  ...known,
  name: known.team,
  status: 'deleted',
})

/** Leaves a note that the external system is to hear of this team anew, whatever it has said so far. */
export async function tellAgain(
  { office, now }: Pick<Installation, 'office' | 'now'>,
  { event, team }: { event: string; team: string },
): Promise<void> {
  const _id = tellAgainId(event, team)
  // A note that is there already says the same.
  await office.put({ _id, type: 'tell-again', event, team, at: now() } satisfies z.infer<typeof tellAgainNote>)
}

/** The same by the id of a problem that the console shows; false when it is none of the external system's. */
export async function tellParkedAgain(it: Pick<Installation, 'office' | 'now'>, id: string): Promise<boolean> {
  if (!id.startsWith('parked:')) return false
  const found = await readDoc(it.office, id, parkedDoc)
  if (found?.function !== externalParked) return false
  await tellAgain(it, { event: found.event, team: found.key })
  return true
}
