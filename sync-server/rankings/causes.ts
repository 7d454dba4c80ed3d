import { databaseName } from '../../design-docs/databases.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { factRange } from '../../design-docs/ids.ts'
import type { Cause } from '../../design-docs/rankings.ts'
import type { Couch } from '../couch/client.ts'
import { inParallel } from '../feed/in-parallel.ts'

const telling = new Set([
  'entry',
  'bind',
  'checkin',
  'void',
  'review',
  'adjustment',
  'ruling',
  'retire',
  'correction',
  'timing',
])
const says = [
  'checkpoint',
  'checkin',
  'action',
  'points',
  'status',
  'field',
  'kind',
  'reason',
  'comment',
  'fact',
] as const
const mostCauses = 30

/** Which facts about each team were recorded, or came in, between two moments; the latest first. */
export async function causesOf(
  couch: Couch,
  teams: readonly string[],
  within: { event: string; after: number; until: number },
): Promise<Record<string, Cause[]>> {
  const log = couch.database(databaseName(within.event, 'log'))
  const found = await inParallel(teams, 8, async (team) => {
    const rows = await log.all({ ...factRange(team), includeDocs: true })
    const facts = rows.flatMap(({ doc }) => (doc ? [doc as unknown as Fact] : []))
    return [team, causesAmong(facts, within)] as const
  })
  return Object.fromEntries(found.filter(([, causes]) => causes.length > 0))
}

function causesAmong(facts: readonly Fact[], { after, until }: { after: number; until: number }): Cause[] {
  const arrived = new Map<string, number>()
  for (const one of facts)
    if (one.type === 'arrival')
      for (const id of one.facts) arrived.set(id, Math.min(arrived.get(id) ?? Number.MAX_SAFE_INTEGER, one.receivedAt))
  const causes = facts.flatMap((fact): Cause[] => {
    // What a phone kept for hours moves the ranking when it comes in, not when it happened.
    const at = arrived.get(fact._id) ?? fact.at
    if (!telling.has(fact.type) || at <= after || at > until) return []
    return [{ fact: fact._id, type: fact.type, at, by: fact.by, as: fact.as, says: saidBy(fact) }]
  })
  return causes.sort((one, other) => other.at - one.at).slice(0, mostCauses)
}

function saidBy(fact: Fact): Cause['says'] {
  const fields = fact as unknown as Record<string, unknown>
  const said = says.flatMap((name) => {
    const value = fields[name]
    return typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : []
  })
  return Object.fromEntries(said)
}
