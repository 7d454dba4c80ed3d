import type { Card } from '../../design-docs/derived.ts'
import { NameIndex } from '../../functions/rules/name-index.ts'
import type { MirrorDoc } from '../store/types.ts'

const index = new NameIndex()
const indexed = new Map<string, MirrorDoc>()
let last: ReadonlyMap<string, MirrorDoc> | undefined

/** The index of the roster, brought up to date with no more work than what changed since the last call. */
export function teamNames(roster: ReadonlyMap<string, MirrorDoc>): NameIndex {
  if (roster === last) return index
  for (const [id, doc] of roster) {
    if (!id.startsWith('card:') || indexed.get(id) === doc) continue
    index.put(doc as unknown as Card)
    indexed.set(id, doc)
  }
  for (const id of indexed.keys()) {
    if (roster.has(id)) continue
    index.delete(id.slice('card:'.length))
    indexed.delete(id)
  }
  last = roster
  return index
}
