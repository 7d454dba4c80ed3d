import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Ports } from '../../store/ports.ts'
import type { EntryApi, EntryPage } from './entry-api.ts'
import type { Shelf } from './kept-drafts.ts'

/** What the screens of an entry work with. */
export type EntryTools = {
  api: EntryApi
  ports: Pick<Ports, 'after' | 'onWake' | 'random'>
  /** What this phone keeps. */
  shelf: Shelf
  /** What this tab keeps until it is closed. */
  tabShelf: Shelf
  /** The server's time as far as this phone knows. */
  now(): number
  /** Receipts that came a moment ago, by draft, so that they are on screen at once. */
  fresh: Map<string, EntryPage>
}

export const EntryContext = createContext<EntryTools | null>(null)

export function useEntryTools(): EntryTools {
  const tools = useContext(EntryContext)
  if (tools === null) throw new Error('EntryContext is empty')
  return tools
}
