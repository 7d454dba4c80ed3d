import { databaseName } from '../../design-docs/databases.ts'
import type { Bulk } from '../../design-docs/disputes.ts'
import type { Fact, FactOf } from '../../design-docs/facts.ts'
import { subjectOf } from '../../design-docs/ids.ts'
import { timeline } from '../../functions/rules/timeline.ts'
import { voidedFacts } from '../../functions/rules/void-facts.ts'
import type { Couch } from '../couch/client.ts'
import { inParallel } from '../feed/in-parallel.ts'

/** What was decided on some check-ins, from the log itself: verdicts follow a moment later. */
export type Known = {
  /** Check-ins that are there and not taken back. */
  standing: ReadonlySet<string>
  /** The review that holds, by check-in. */
  holding: ReadonlyMap<string, FactOf<'review'>>
}

/** Reads the check-ins, and reviews and voids of their teams, a range for each team. */
export async function factsAbout(couch: Couch, event: string, items: Bulk['items']): Promise<Known> {
  const log = couch.database(databaseName(event, 'log'))
  const ids = items.map(({ checkin }) => checkin)
  const teams = [...new Set(ids.map(subjectOf))]
  const [checkins, ofTeams] = await Promise.all([
    log.all({ keys: ids, includeDocs: true }),
    inParallel(teams, 8, (team) => {
      // In order of id review, ruling, scan, timing and void lie together.
      return log.all({ startkey: `${team}:review:`, endkey: `${team}:void;`, includeDocs: true })
    }),
  ])
  const facts = [...checkins, ...ofTeams.flat()].flatMap(({ doc }) => (doc ? [doc as unknown as Fact] : []))
  const voided = voidedFacts(facts)
  const standing = facts.filter(({ _id, type }) => type === 'checkin' && !voided.has(_id)).map(({ _id }) => _id)
  const holding = new Map<string, FactOf<'review'>>()
  for (const { fact } of timeline(facts))
    if (fact.type === 'review' && !voided.has(fact._id) && (fact.as === 'judge' || fact.as === 'admin'))
      holding.set(fact.checkin, fact)
  return { standing: new Set(standing), holding }
}

/** Why a check-in is not to be decided with the others; null when it is. `own` is the review that the bulk would write. */
export function skipReason(
  { standing, holding }: Known,
  { checkin, seen }: Bulk['items'][number],
  own: string,
): Bulk['skipped'][number]['why'] | null {
  if (!standing.has(checkin)) return 'gone'
  const holds = holding.get(checkin)
  if (!holds || holds._id === own) return null
  return holds.at === seen ? null : 'decided'
}
