import type { LocalChange, LocalDatabase } from './database.ts'
import { createTable, type Table } from './table.ts'
import type { MirrorDoc } from './types.ts'

/**
 * One local copy of a server's database. It keeps what the server showed, not a revision tree: whatever the server
 * says later replaces it, be it older or with fewer edits. The first sync is kept a page per document, since writing
 * 5,000 small documents costs a phone many times what 10 large ones do; later changes are kept one by one over it.
 */
export type MirrorCopy = {
  table: Table
  docs: Map<string, MirrorDoc>
  position(): Position
  /** A page of the first sync and the position after it, in one write. */
  addPage(rows: readonly MirrorRow[], position: Position): Promise<void>
  /** Later changes and the position after them, in one write. */
  addChanges(rows: readonly MirrorRow[], position: Position): Promise<void>
}
export type MirrorRow = { id: string; doc: MirrorDoc | null }
export type Position = {
  since: string | number
  complete: boolean
  pages: number
  expected: number | null
}

type Kept = {
  _id: string
  _rev?: string
  rows?: MirrorRow[]
  position?: Position
}
const start: Position = { since: 0, complete: false, pages: 0, expected: null }
const positionKey = 'position'

export function openMirrorCopy(database: LocalDatabase, onChange: () => void, onWrite: () => void): MirrorCopy {
  const docs = new Map<string, MirrorDoc>()
  const revisions = new Map<string, string>()
  let position = start

  const take = (changes: LocalChange<Kept>[]) => {
    for (const { id, rev, doc } of changes) {
      revisions.set(id, rev)
      if (doc.position) position = doc.position
      for (const row of doc.rows ?? []) {
        if (row.doc) docs.set(row.id, row.doc)
        else docs.delete(row.id)
      }
    }
    onChange()
  }
  const table = createTable<Kept>(database, take, onWrite)

  const write = async (kept: Kept[], next: Position) => {
    const all = [...kept, { _id: positionKey, position: next }].map((doc): Kept => {
      const rev = revisions.get(doc._id)
      return rev === undefined ? doc : { ...doc, _rev: rev }
    })
    const written = await table.write(all)
    // Another tab led meanwhile and was further: its copy has been read in, this page comes again from there.
    if (written.includes(null)) await table.refresh()
  }

  return {
    table,
    docs,
    position: () => position,
    addPage: (rows, next) => write([{ _id: `page/${String(next.pages).padStart(6, '0')}`, rows: [...rows] }], next),
    addChanges: (rows, next) =>
      write(
        rows.map((row) => ({ _id: `doc/${row.id}`, rows: [row] })),
        next,
      ),
  }
}
