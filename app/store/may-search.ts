import { mayOpen } from '../../design-docs/menus.ts'
import type { Session } from './types.ts'

/** Whether this person's phone carries the roster; else cards are sealed until a bib opens them. */
export const maySearch = ({ menus }: Pick<Session, 'menus'>): boolean => mayOpen(menus.value, 'search')
