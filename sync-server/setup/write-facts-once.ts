import { databaseName } from '../../design-docs/databases.ts'
import type { Couch, CouchDoc } from '../couch/client.ts'

/**
 * Writes facts of the server whose ids are made from what they say, so that doing it again does nothing. Answers the ids
 * that stood there before.
 */
export async function writeFactsOnce(
  couch: Couch,
  event: string,
  facts: readonly { _id: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await couch.database(databaseName(event, 'log')).bulk(facts as CouchDoc[])
  const refused = rows.find((row) => row.error !== undefined && row.error !== 'conflict')
  if (refused) throw new Error(`the fact ${refused.id} was not taken: ${refused.error} ${refused.reason ?? ''}`)
  return new Set(rows.filter((row) => row.error === 'conflict').map((row) => row.id))
}
