import type { Couch, Stored } from '../couch/client.ts'
import { CouchError } from '../couch/client.ts'
import { contentHash, storedDigests } from './content-hash.ts'

/** What stands in a database under an id: revision and content, or neither. */
export type Target = { rev: string | null; hash: string | null }

const maxTargets = 200_000

/**
 * Revisions and contents of the documents that functions write, so that a revision is known before the inputs are read:
 * whoever writes meanwhile makes our write a conflict and not a step back.
 */
export type Targets = {
  get(database: string, id: string): Target | undefined
  /** Whether anything of this database has been read or written yet. */
  isMet(database: string): boolean
  /** Reads those ids that are not known; a database that does not exist holds nothing. */
  read(database: string, ids: readonly string[]): Promise<void>
  wrote(database: string, id: string, target: Target): void
  forget(database: string, id: string): void
  forgetAll(): void
}

type TargetsOptions = {
  /** Is shown what is read, so that memories learn of writes whose answer was lost. */
  onRead(database: string, doc: Stored): void
  /** Whether it is known, without asking, that there is no such document. */
  isAbsent(database: string, id: string): boolean
}

export function createTargets(couch: Couch, { onRead, isAbsent }: TargetsOptions): Targets {
  const known = new Map<string, Target>()
  const met = new Set<string>()
  const keyOf = (database: string, id: string) => `${database}/${id}`

  function keep(database: string, id: string, target: Target): void {
    met.add(database)
    known.set(keyOf(database, id), target)
    if (known.size > maxTargets) known.delete(known.keys().next().value ?? '')
  }

  return {
    get: (database, id) =>
      known.get(keyOf(database, id)) ?? (isAbsent(database, id) ? { rev: null, hash: null } : undefined),
    isMet: (database) => met.has(database),
    async read(database, ids) {
      const missing = ids.filter((id) => !known.has(keyOf(database, id)))
      if (missing.length === 0) return
      const rows = await couch.database(database).all({ keys: missing, includeDocs: true }).catch(noRowsWithoutDatabase)
      for (const id of missing) keep(database, id, { rev: null, hash: null })
      for (const { id, rev, doc, deleted } of rows) {
        if (!doc || deleted) continue
        keep(database, id, { rev, hash: contentHash(doc, storedDigests(doc)) })
        onRead(database, doc)
      }
    },
    wrote: keep,
    forget: (database, id) => void known.delete(keyOf(database, id)),
    forgetAll() {
      known.clear()
      met.clear()
    },
  }
}

function noRowsWithoutDatabase(error: unknown): [] {
  if (error instanceof CouchError && error.status === 404) return []
  throw error
}
