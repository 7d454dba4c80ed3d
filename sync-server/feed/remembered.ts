import type { Change, Row, Stored } from '../couch/client.ts'

/** A document as a feed, a read or an own write has brought it; null content: deleted. */
export type Seen = { id: string; rev: string; doc: Stored | null; conflicted: boolean }

/**
 * Documents by id that never go back to an older revision, whoever brings it, in any order. A document seen with
 * conflicting revisions counts as absent until it is forgotten: nothing is ever chosen from.
 */
export class Remembered {
  readonly #seen = new Map<string, Seen>()

  /** Whether this was news. */
  take(seen: Seen): boolean {
    const known = this.#seen.get(seen.id)
    if (known && !isNews(seen, known)) return false
    this.#seen.set(seen.id, seen)
    return true
  }

  get(id: string): Stored | null {
    const seen = this.#seen.get(id)
    return seen && !seen.conflicted ? seen.doc : null
  }

  has(id: string): boolean {
    return this.#seen.has(id)
  }

  isConflicted(id: string): boolean {
    return this.#seen.get(id)?.conflicted === true
  }

  forget(id: string): void {
    this.#seen.delete(id)
  }

  /** Those that exist. */
  docs(): Stored[] {
    return [...this.#seen.values()].flatMap(({ doc, conflicted }) => (doc && !conflicted ? [doc] : []))
  }

  get size(): number {
    return this.#seen.size
  }

  get oldestId(): string | undefined {
    return this.#seen.keys().next().value
  }
}

const generationOf = (rev: string) => Number.parseInt(rev, 10)

function isNews(seen: Seen, known: Seen): boolean {
  if (known.conflicted) return false
  if (seen.conflicted) return true
  return seen.rev !== known.rev && generationOf(seen.rev) >= generationOf(known.rev)
}

const isConflicted = (doc: Stored | null | undefined) => (doc?._conflicts?.length ?? 0) > 0

export function seenChange({ id, changes, deleted, doc }: Change): Seen {
  const gone = deleted === true || doc?._deleted === true
  return {
    id,
    rev: doc?._rev ?? changes[0]?.rev ?? '0-',
    doc: gone ? null : (doc ?? null),
    conflicted: isConflicted(doc),
  }
}

export const seenRow = ({ id, rev, deleted, doc }: Row): Seen => ({
  id,
  rev,
  doc: deleted ? null : doc,
  conflicted: isConflicted(doc),
})
