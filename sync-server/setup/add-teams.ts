import { createHash } from 'node:crypto'
import { databaseName } from '../../design-docs/databases.ts'
import { entry as entrySchema, type FactOf } from '../../design-docs/facts.ts'
import { factId, ulid } from '../../design-docs/ids.ts'
import type { Couch } from '../couch/client.ts'
import { serverClaim } from './server-claim.ts'

export type EntryDraft = Pick<FactOf<'entry'>, 'team' | 'name' | 'kana' | 'classIds' | 'members'> & {
  bibIssue?: number
}

/** The one id a team's entry can have, so that two imports at once cannot enter a team twice. */
export function entryId(event: string, team: string): string {
  const hash = createHash('sha256').update(`entry:${event}:${team}`).digest()
  return factId(team, 'entry', ulid(0, hash))
}

/** Enters teams by writing their `entry` facts; answers which were new. A number that is taken stays as it was. */
export async function addTeams(
  couch: Couch,
  event: string,
  options: { entries: readonly EntryDraft[]; now(): number },
): Promise<{ added: string[]; taken: string[] }> {
  const facts = options.entries.map(({ bibIssue = 1, ...draft }) =>
    entrySchema.parse({
      _id: entryId(event, draft.team),
      type: 'entry',
      ...serverClaim(event, options.now()),
      ...draft,
      bibIssue,
    }),
  )
  const rows = await couch.database(databaseName(event, 'log')).bulk(facts)
  const refused = rows.find((row) => row.error !== undefined && row.error !== 'conflict')
  if (refused) throw new Error(`the entry ${refused.id} was not taken: ${refused.error} ${refused.reason ?? ''}`)
  const taken = new Set(rows.filter((row) => row.error === 'conflict').map((row) => row.id))
  const numbers = (which: boolean) => facts.filter((fact) => taken.has(fact._id) === which).map((fact) => fact.team)
  return { added: numbers(false), taken: numbers(true) }
}
