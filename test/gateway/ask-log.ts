import type { ArrivalFact, Fact } from '../../design-docs/facts.ts'
import { type Doors, jsonRequest, type Phone, type Sent } from './open-doors.ts'

/** The codes with which facts of a batch were refused. */
export const codesOf = async (answer: Response) => ((await answer.json()) as { code: string }[]).map(({ code }) => code)

/** The server's notes of when this fact came. */
export async function arrivalsOf({ couch, log }: Doors, id: string): Promise<ArrivalFact[]> {
  const rows = await couch.database(log).all({ includeDocs: true })
  const facts = rows.map(({ doc }) => doc as unknown as Fact)
  return facts.filter((doc): doc is ArrivalFact => doc.type === 'arrival' && doc.facts.includes(id))
}

/** The ids of these that the server says it does not have. */
export async function missing({ log }: Doors, asker: Phone, facts: readonly Sent[]): Promise<string[]> {
  const body = Object.fromEntries(facts.map(({ _id, _rev }) => [_id, [_rev]]))
  const answer = await asker.fetch(`/db/${asker.generation}/${log}/_revs_diff`, jsonRequest(body))
  return Object.keys((await answer.json()) as object)
}
