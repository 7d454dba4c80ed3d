import { parkedDoc, type RedriveDoc, redriveDoc, redriveId } from '../../design-docs/runner-docs.ts'
import type { CouchDoc, Database } from '../couch/client.ts'
import { readDocs } from '../login/office.ts'

/**
 * Asks the process that runs the functions to try parked keys again: all, or those whose key or document id is this.
 * Answers how many there are. The parked documents themselves have one writer, so a note is left beside them.
 */
export async function leaveRedrives(office: Database, nowMs: number, key?: string): Promise<number> {
  const parked = await readDocs(office, 'parked', parkedDoc)
  const chosen = parked.filter((doc) => key === undefined || doc.key === key || doc._id === key)
  const notes = chosen.map(({ _id: item }): RedriveDoc => ({ _id: redriveId(item), type: 'redrive', item, at: nowMs }))
  // A note that is there already says the same.
  if (notes.length > 0) await office.bulk(notes as CouchDoc[])
  return chosen.length
}

/** Does what the notes ask. One about an event that is not at work yet stays; one about what has healed goes. */
export async function takeRedrives(office: Database, redrive: (item: string) => Promise<number>): Promise<void> {
  const notes = await readDocs(office, 'redrive', redriveDoc)
  for (const note of notes) {
    if ((await redrive(note.item)) > 0 || (await office.get(note.item)) === null)
      await office.bulk([{ ...note, _deleted: true } as CouchDoc])
  }
}
