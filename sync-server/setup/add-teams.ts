import { createHash } from 'node:crypto'
import { entry as entrySchema, type FactOf } from '../../design-docs/facts.ts'
import { factId, ulid } from '../../design-docs/ids.ts'
import type { Couch } from '../couch/client.ts'
import { serverClaim } from './server-claim.ts'
import { writeFactsOnce } from './write-facts-once.ts'

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
  const taken = await writeFactsOnce(couch, event, facts)
  const numbers = (which: boolean) => facts.filter((fact) => taken.has(fact._id) === which).map((fact) => fact.team)
  return { added: numbers(false), taken: numbers(true) }
}
