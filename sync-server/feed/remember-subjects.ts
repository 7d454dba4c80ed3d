import type { Database, Stored } from '../couch/client.ts'
import { Remembered, type Seen, seenRow } from './remembered.ts'

type SubjectsOptions = {
  database: Database
  /** The subject that a document's id belongs to, or null when it is of another kind. */
  subjectOf(id: string): string | null
  rangeOf(subject: string): { startkey: string; endkey: string }
  /** At most this many documents are kept; the subjects not asked for longest go first. */
  maxDocs: number
}

/** Documents by subject: read once, then kept up to date by what the feed and own writes bring. */
export type Subjects = {
  of(subject: string): Promise<Stored[]>
  take(seen: Seen): void
  /** Whether there was no such document when its subject was read, nor has come since. */
  isAbsent(id: string): boolean
  /** The subject of this id is read anew when it is next asked for. */
  forget(id: string): void
}

type Entry = { docs: Remembered; heard: Set<string>; read: Promise<void>; isRead: boolean }

export function rememberSubjects(options: SubjectsOptions): Subjects {
  const { database, subjectOf, rangeOf, maxDocs } = options
  const entries = new Map<string, Entry>()
  let size = 0

  function open(subject: string) {
    const docs = new Remembered()
    const heard = new Set<string>()
    // Whatever the feed brings while this is under way is taken too, so nothing falls between the two.
    const read = readAll(subject, heard).then((rows) => {
      const before = docs.size
      for (const row of rows) docs.take(row)
      heard.clear()
      if (entries.get(subject)?.docs === docs) size += docs.size - before
    })
    const entry: Entry = { docs, heard, read, isRead: false }
    entries.set(subject, entry)
    read.then(
      () => {
        entry.isRead = true
      },
      () => drop(subject, entry),
    )
    return entry
  }

  /** A conflict that was read may be repaired by what the feed brought meanwhile, or come after it: it is read again. */
  async function readAll(subject: string, heard: Set<string>): Promise<Seen[]> {
    for (;;) {
      heard.clear()
      const rows = await database.all({ ...rangeOf(subject), includeDocs: true, conflicts: true })
      const seen = rows.map(seenRow)
      if (!seen.some(({ id, conflicted }) => conflicted && heard.has(id))) return seen
    }
  }

  function drop(subject: string, entry: Entry): void {
    if (entries.get(subject) !== entry) return
    entries.delete(subject)
    size -= entry.docs.size
  }

  return {
    async of(subject) {
      const entry = entries.get(subject) ?? open(subject)
      entries.delete(subject)
      entries.set(subject, entry)
      await entry.read
      for (const [oldest, itsEntry] of entries) {
        if (size <= maxDocs || oldest === subject) break
        drop(oldest, itsEntry)
      }
      return entry.docs.docs()
    },
    take(seen) {
      const subject = subjectOf(seen.id) ?? ''
      const entry = entries.get(subject)
      if (!entry) return
      if (!entry.isRead) entry.heard.add(seen.id)
      const wasConflicted = entry.docs.isConflicted(seen.id)
      const before = entry.docs.size
      entry.docs.take(seen)
      size += entry.docs.size - before
      // Revisions do not tell whether a conflict is still to come or has been repaired: the database does.
      if (wasConflicted || seen.conflicted) drop(subject, entry)
    },
    isAbsent(id) {
      const entry = entries.get(subjectOf(id) ?? '')
      return entry?.isRead === true && !entry.docs.has(id)
    },
    forget(id) {
      const subject = subjectOf(id) ?? ''
      const entry = entries.get(subject)
      if (entry) drop(subject, entry)
    },
  }
}
