import { databaseName } from '../../design-docs/databases.ts'
import type { TeamDoc } from '../../design-docs/derived.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { factRange } from '../../design-docs/ids.ts'
import { teamOf } from '../../functions/rules/team-of.ts'
import { timeline } from '../../functions/rules/timeline.ts'
import { voidedFacts } from '../../functions/rules/void-facts.ts'
import type { Couch } from '../couch/client.ts'

/** A team as its facts have it this moment, whatever the functions have got to; null when there is none. */
export async function knownTeam(couch: Couch, event: string, number: string): Promise<TeamDoc | null> {
  const rows = await couch.database(databaseName(event, 'log')).all({ ...factRange(number), includeDocs: true })
  const facts = rows.flatMap(({ doc }) => (doc ? [doc as unknown as Fact] : []))
  const voided = voidedFacts(facts)
  return teamOf(timeline(facts).filter(({ fact }) => !voided.has(fact._id)))
}
