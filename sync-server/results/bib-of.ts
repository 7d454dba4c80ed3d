import type { TeamBib } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { team as teamSchema } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { teamId } from '../../design-docs/ids.ts'
import type { ConsoleDeps } from './console-deps.ts'

/** A team's bib as it is to be printed now: signed for the issue that holds. */
export async function bibOf(
  { couch, signBib }: Pick<ConsoleDeps, 'couch' | 'signBib'>,
  asked: { event: string; team: string },
): Promise<TeamBib> {
  const found = await couch.database(databaseName(asked.event, 'desk')).get(teamId(asked.team))
  if (!found) throw new AppError('ZK-PLAN-004', { figures: { team: asked.team } })
  const { number, name, bibs } = teamSchema.parse(found)
  const text = await signBib({ event: asked.event, number, issue: bibs.issue })
  return { text, number, name, issue: bibs.issue, revoked: bibs.revoked.includes(bibs.issue) }
}
