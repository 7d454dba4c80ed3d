import { badRequest } from '../routing/refusal.ts'
import type { Database } from '../storage/database.ts'

/** Sequences name their database, so that one kept from a deleted database of the same name starts over. */
const tagOf = ({ record }: Database) => record.id.slice(0, 12)

export const writeSequence = (database: Database, seq: number) => `${seq}-${tagOf(database)}`

/** The number in a sequence; 0 for one of another database, null for `now`. */
export function readSequence(database: Database, text: string | null): number | null {
  const bare = (text ?? '0').replaceAll('"', '')
  if (bare === 'now') return null
  if (bare === '' || bare === 'null') return 0
  const match = /^(\d{1,15})(?:-([0-9a-f]+))?$/.exec(bare)
  if (!match) throw badRequest("Malformed sequence supplied in 'since' parameter.")
  return match[2] !== undefined && match[2] !== tagOf(database) ? 0 : Number(match[1])
}
