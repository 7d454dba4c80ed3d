import { ulid } from '../../../design-docs/ids.ts'
import type { EntryValues } from './entry-values.ts'

/** An entry that is being filled in on this phone. */
export type KeptDraft<V = EntryValues> = {
  /** The ulid of the entry: sent again under it, it is the same entry. */
  draft: string
  values: V
  /** It was sent and is not answered yet. */
  sending: boolean
}

export type Shelf = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>
/** Whether this page now has the name to itself; it has it until it is closed. */
export type Hold = (name: string) => Promise<boolean>

const prefix = (event: string) => `zekken.entry.${event}.`

/**
 * The draft to go on with: the newest one that no other tab has open, so that two tabs are two teams. A fresh one, which
 * is kept once something is written, is made where there is none.
 */
export async function openDraft<V = EntryValues>(
  event: string,
  { shelf, hold, fresh }: { shelf: Shelf; hold: Hold; fresh(): KeptDraft<V> },
): Promise<KeptDraft<V>> {
  for (const kept of draftsOf<V>(event, shelf)) if (await hold(prefix(event) + kept.draft)) return kept
  const made = fresh()
  await hold(prefix(event) + made.draft)
  return made
}

/** False where the browser keeps nothing: then the draft lives as long as the page. */
export function keepDraft<V = EntryValues>(event: string, kept: KeptDraft<V>, shelf: Shelf): boolean {
  try {
    shelf.setItem(prefix(event) + kept.draft, JSON.stringify(kept))
    return true
  } catch {
    // Full, or forbidden in a private window: the screen says so, and sending works as well.
    return false
  }
}

export const dropDraft = (event: string, draft: string, shelf: Shelf) => shelf.removeItem(prefix(event) + draft)

export const isKept = (event: string, draft: string, shelf: Shelf) => shelf.getItem(prefix(event) + draft) !== null

export const newDraftId = (now: number, random: Uint8Array) => ulid(now, random)

function draftsOf<V>(event: string, shelf: Shelf): KeptDraft<V>[] {
  const keys = Array.from({ length: shelf.length }, (_, n) => shelf.key(n) ?? '')
  const mine = keys.filter((key) => key.startsWith(prefix(event))).toSorted()
  return mine.reverse().flatMap((key) => {
    try {
      return [JSON.parse(shelf.getItem(key) ?? '') as KeptDraft<V>]
    } catch {
      // Not ours, or half written: nothing can be made of it.
      return []
    }
  })
}

/** Holds a name for as long as the page lives; without the Web Locks API everyone has every name. */
export const holdByLock: Hold = (name) =>
  new Promise((resolve) => {
    if (!navigator.locks) return resolve(true)
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null)
      return lock && new Promise<void>(() => {})
    })
  })
