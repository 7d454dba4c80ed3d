import type { Caller } from '../../design-docs/access.ts'
import { databases, parseDatabaseName } from '../../design-docs/databases.ts'
import { databaseMenus, type Menu, mayOpen } from '../../design-docs/menus.ts'

export type DatabaseRight = { read: boolean; push: boolean }

/** What the caller may do with the database of this name; neither for one that is no event's. */
export function databaseRight(name: string, caller: Caller, mask: number): DatabaseRight {
  const parts = parseDatabaseName(name)
  if (!parts || parts.event !== caller.event) return { read: false, push: false }
  if (parts.team !== undefined && !caller.teams.includes(parts.team)) return { read: false, push: false }
  const menu = (databaseMenus as Partial<Record<string, Menu>>)[parts.kind]
  const { readers, writers } = databases[parts.kind]
  return {
    read: caller.roles.some((role) => readers.includes(role)) && (!menu || mayOpen(mask, menu)),
    push: caller.roles.some((role) => writers.includes(role)),
  }
}
