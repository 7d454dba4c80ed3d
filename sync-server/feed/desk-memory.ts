import { subjectOf } from '../../design-docs/ids.ts'
import type { AllDocsQuery, Change, Database, Stored } from '../couch/client.ts'
import { rememberSubjects } from './remember-subjects.ts'
import { Remembered, type Seen, seenChange, seenRow } from './remembered.ts'

const maxVerdicts = 60_000
const maxRecent = 5000

/** The documents of `desk` as functions ask for them, kept up to date from the changes feed and from own writes. */
export type DeskMemory = {
  /** Event, checkpoints and settings. */
  plan(): Promise<Stored[]>
  cards(): Promise<Stored[]>
  verdictsOf(team: string): Promise<Stored[]>
  /** Those of the ids that exist; what the feed has just brought is not read again. */
  docs(ids: readonly string[]): Promise<Map<string, Stored>>
  /** Whether it is known, without asking, that there is no such document. */
  isAbsent(id: string): boolean
  takeChanges(changes: readonly Change[]): void
  /** What the runner has written itself; a removed document has null content. */
  takeWrite(id: string, rev: string, doc: Stored | null): void
}

export function rememberDesk(desk: Database): DeskMemory {
  const plan = rememberWhole(desk, [
    { keys: ['event'] },
    { startkey: 'checkpoint:', endkey: 'checkpoint;' },
    { startkey: 'setting:', endkey: 'setting;' },
  ])
  const cards = rememberWhole(desk, [{ startkey: 'card:', endkey: 'card;' }])
  const verdicts = rememberSubjects({
    database: desk,
    subjectOf: (id) => (id.startsWith('verdict:') ? subjectOf(id.slice('verdict:'.length)) : null),
    rangeOf: (team) => ({ startkey: `verdict:${team}:`, endkey: `verdict:${team};` }),
    maxDocs: maxVerdicts,
  })
  const recent = new Remembered()

  function take(seen: Seen): void {
    if (/^(event$|checkpoint:|setting:)/.test(seen.id)) plan.take(seen)
    else if (seen.id.startsWith('card:')) cards.take(seen)
    else if (seen.id.startsWith('verdict:')) verdicts.take(seen)
    if (recent.take(seen) && recent.size > maxRecent) recent.forget(recent.oldestId ?? '')
  }

  return {
    plan: plan.docs,
    cards: cards.docs,
    verdictsOf: (team) => verdicts.of(team),
    async docs(ids) {
      const known = ids.flatMap((id) => recent.get(id) ?? [])
      const unseen = ids.filter((id) => !recent.has(id))
      const rows = unseen.length > 0 ? await desk.all({ keys: unseen, includeDocs: true }) : []
      for (const row of rows) take(seenRow(row))
      const read = rows.flatMap(({ doc, deleted }) => (doc && !deleted ? [doc] : []))
      return new Map([...known, ...read].map((doc) => [doc._id, doc]))
    },
    isAbsent: (id) => verdicts.isAbsent(id),
    takeChanges(changes) {
      for (const change of changes) take(chosen(seenChange(change)))
    },
    takeWrite: (id, rev, doc) => take({ id, rev, doc, conflicted: false }),
  }
}

/** Only facts have many authors; in `desk` the revision that CouchDB shows is the one that holds. */
const chosen = (seen: Seen): Seen => ({ ...seen, conflicted: false })

/** Ranges of a database that are read as a whole, once, and from then on only listened for. */
function rememberWhole(database: Database, ranges: readonly AllDocsQuery[]) {
  const known = new Remembered()
  let read: Promise<void> | undefined

  async function readAll(): Promise<void> {
    for (const range of ranges) {
      for (const row of await database.all({ ...range, includeDocs: true })) known.take(seenRow(row))
    }
  }

  return {
    take: (seen: Seen) => void known.take(seen),
    async docs(): Promise<Stored[]> {
      read ??= readAll().catch((error) => {
        read = undefined
        throw error
      })
      await read
      return known.docs()
    },
  }
}
