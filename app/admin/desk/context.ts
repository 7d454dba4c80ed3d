import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Overview } from '../../../design-docs/console.ts'
import type { Who } from '../../store/types.ts'
import type { Decisions } from './decisions.ts'
import type { Desk } from './desk.ts'
import type { Live } from './live.ts'
import type { Pictures } from './pictures.ts'
import type { Loaded } from './use-loaded.ts'

/** What every screen of the console shares once someone is signed in. */
export type DeskContextValue = {
  desk: Desk
  who: Who
  live: Live
  decisions: Decisions
  pictures: Pictures
  overview: Loaded<Overview>
  /** A person's name; the account itself where it has none. */
  nameOf(account: string): string
}
export const DeskContext = createContext<DeskContextValue | null>(null)

export function useDesk(): DeskContextValue {
  const value = useContext(DeskContext)
  if (!value) throw new Error('DeskContext is empty')
  return value
}
