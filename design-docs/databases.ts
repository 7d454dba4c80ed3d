import type { Role } from './primitives.ts'

/** A database is an audience: CouchDB has no rule for reading single documents. */
export const databaseKinds = ['log', 'desk', 'board', 'roster', 'gate', 'figures', 'team'] as const
export type DatabaseKind = (typeof databaseKinds)[number]
export const office = 'zk-office'

type DatabasePlan = {
  /** Who may pull it through the gateway; nobody may push but to `log`. */
  readers: readonly Role[]
  writers: readonly Role[]
  /** A phone keeps a pull-only copy. */
  mirrored: boolean
  /** One for each team instead of one for each event. */
  perTeam: boolean
}
/** The databases of one event. Writers other than of `log` are the server alone. */
export const databases: Record<DatabaseKind, DatabasePlan> = {
  log: {
    readers: [],
    writers: ['participant', 'agent', 'staff', 'core', 'corner', 'judge', 'admin'],
    mirrored: false,
    perTeam: false,
  },
  desk: { readers: [], writers: [], mirrored: false, perTeam: false },
  board: {
    readers: ['participant', 'agent', 'staff', 'core', 'corner', 'judge', 'admin', 'display'],
    writers: [],
    mirrored: true,
    perTeam: false,
  },
  roster: { readers: ['staff', 'core', 'corner', 'judge', 'admin'], writers: [], mirrored: true, perTeam: false },
  gate: { readers: ['staff', 'core', 'corner', 'judge', 'admin'], writers: [], mirrored: true, perTeam: false },
  figures: { readers: ['staff', 'core', 'corner', 'judge', 'admin'], writers: [], mirrored: true, perTeam: false },
  team: { readers: ['participant', 'agent'], writers: [], mirrored: true, perTeam: true },
}

/** `zk-<event>-<kind>`, and `zk-<event>-team-<number>` in lower case, as CouchDB wants names. */
export function databaseName(event: string, kind: DatabaseKind, team?: string): string {
  return kind === 'team' ? `zk-${event}-team-${team?.toLowerCase()}` : `zk-${event}-${kind}`
}

/** The parts of a database's name, or null when it is none of an event's. */
export function parseDatabaseName(name: string): { event: string; kind: DatabaseKind; team?: string } | null {
  const match = /^zk-([a-z][a-z0-9]{0,19})-(log|desk|board|roster|gate|figures|team-([a-z0-9]{1,12}))$/.exec(name)
  if (!match?.[1] || !match[2]) return null
  if (match[3]) return { event: match[1], kind: 'team', team: match[3].toUpperCase() }
  return { event: match[1], kind: match[2] as DatabaseKind }
}

/** The only attachment of a fact: the preview of a photo, 150×105 pixels. */
export const previewLimitBytes = 8192

/** Revisions kept for each document: 1,000 sends 35 KB lists, 20 made branches in a lagging mirror. */
export const revsLimit = 200
