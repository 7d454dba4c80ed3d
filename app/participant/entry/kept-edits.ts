import type { EntryKey } from './entry-api.ts'
import type { EntryValues } from './entry-values.ts'
import type { Shelf } from './kept-drafts.ts'

/** A change of an entry that is being filled in. */
export type KeptEdit = {
  /** When the entry had last been changed as this change was begun. */
  since: number
  values: EntryValues
  /** It was sent and is not answered yet. */
  sending: boolean
}

type OfEntry = Pick<EntryKey, 'event' | 'draft'>
const under = ({ event, draft }: OfEntry) => `zekken.entry-edit.${event}.${draft}`

export function keptEdit(entry: OfEntry, shelf: Shelf): KeptEdit | null {
  try {
    return JSON.parse(shelf.getItem(under(entry)) ?? 'null') as KeptEdit | null
  } catch {
    // Half written: the entry itself is with the server.
    return null
  }
}

/** False where the browser keeps nothing: then the change lives as long as the page. */
export function keepEdit(entry: OfEntry, edit: KeptEdit, shelf: Shelf): boolean {
  try {
    shelf.setItem(under(entry), JSON.stringify(edit))
    return true
  } catch {
    // Full, or forbidden in a private window: the screen says so, and sending works as well.
    return false
  }
}

export const dropEdit = (entry: OfEntry, shelf: Shelf) => shelf.removeItem(under(entry))
