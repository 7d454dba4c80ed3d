import type { FactType } from './facts.ts'
import type { Role } from './primitives.ts'

/** Menus of the apps as bits of a mask. Their values are fixed: earlier installations and exports hold them. */
export const menuBits = {
  notices: 1,
  ownNumber: 2,
  queue: 4,
  survey: 8,
  schedule: 16,
  map: 32,
  guide: 64,
  system: 128,
  search: 256,
  attendance: 512,
  booking: 1024,
  posting: 2048,
  review: 4096,
  results: 8192,
  setUp: 16_384,
} as const
export type Menu = keyof typeof menuBits
export type MenuMasks = Readonly<Record<Role, number>>

export const everyMenu = Object.values(menuBits).reduce((sum, bit) => sum | bit, 0)

/** What a role has where the organizers have not said otherwise. Staff of the day see a team only after scanning its bib. */
export const defaultMasks: MenuMasks = {
  participant: 255,
  agent: 255,
  staff: 757,
  core: 1013 | menuBits.posting | menuBits.review | menuBits.results,
  corner: 2037,
  judge: 1013 | menuBits.review | menuBits.results,
  admin: everyMenu,
  display: 53,
  server: 0,
}

/** What a role has by what the organizers said. Whoever could shut the admins out of the set-up could not let them in again. */
export const maskOfRole = (said: Partial<MenuMasks>, role: Role): number =>
  role === 'admin' ? everyMenu : (said[role] ?? defaultMasks[role])

export const mayOpen = (mask: number, menu: Menu): boolean => (mask & menuBits[menu]) !== 0

/** Facts that only a role with this menu may author, beside what the table of rights says. */
export const factMenus: Partial<Record<FactType, Menu>> = {
  review: 'review',
  adjustment: 'review',
  ruling: 'review',
  timing: 'review',
  notice: 'posting',
  answer: 'survey',
}

/** Databases that only a role with this menu may pull, beside what the table of databases says. */
export const databaseMenus = { roster: 'search', figures: 'attendance' } as const satisfies Record<string, Menu>
