import { hash } from 'node:crypto'
import { databaseName } from '../../design-docs/databases.ts'
import { recolourId, reportId } from '../../design-docs/ids.ts'
import { heldId } from '../../design-docs/pictures.ts'
import type { SnapshotDoc } from '../../design-docs/rankings.ts'
import type { Couch, Database, Stored } from '../couch/client.ts'
import type { OfTeam } from './team-records.ts'
import type { OfficeChange } from './without-event.ts'

/** What of the desk no function computes anew, and what is to stand in its place: reports, snapshots, uploads, pictures that are held or to be recoloured, bulks. */
export async function changesOfDesk(
  couch: Couch,
  { event, team }: OfTeam,
  uploads: readonly Stored[],
): Promise<OfficeChange[]> {
  const desk = couch.database(databaseName(event, 'desk'))
  const report = await desk.get(reportId(team))
  return [
    ...(report ? [{ doc: report }] : []),
    ...uploads.map((doc) => ({ doc })),
    ...(await ofPhotos(desk, heldId(`${team}:`))),
    ...(await ofPhotos(desk, recolourId(`${team}:`))),
    ...(await namelessSnapshots(desk, team)),
    ...(await commentsOn(desk, team)),
  ]
}

async function ofPhotos(desk: Database, prefix: string): Promise<OfficeChange[]> {
  const rows = await desk.all({ startkey: prefix, endkey: `${prefix}\ufff0`, includeDocs: true })
  return rows.flatMap(({ doc }) => (doc ? [{ doc }] : []))
}

/** Points and places are the same; the hash is of what it says now, so that equal ones are still known as equal. */
async function namelessSnapshots(desk: Database, team: string): Promise<OfficeChange[]> {
  const changes: OfficeChange[] = []
  // One by one: with 5,000 teams each is a megabyte.
  for (const { id } of await desk.all({ startkey: 'snapshot:', endkey: 'snapshot;' })) {
    const doc = await desk.get(id)
    if (!doc) continue
    const { teams, rankings, overall } = doc as unknown as SnapshotDoc
    if (!teams.some(([number, name]) => number === team && name !== team)) continue
    const bare = teams.map((row) => (row[0] === team ? row.with(1, team) : row))
    changes.push({
      doc,
      left: { ...doc, teams: bare, hash: hash('sha256', JSON.stringify([bare, rankings, overall])) },
    })
  }
  return changes
}

/** A word on decisions about this team alone. */
async function commentsOn(desk: Database, team: string): Promise<OfficeChange[]> {
  const rows = await desk.all({ startkey: 'bulk:', endkey: 'bulk;', includeDocs: true })
  return rows.flatMap(({ doc }): OfficeChange[] => {
    const items = (doc?.items ?? []) as { checkin: string }[]
    if (!doc || doc.comment === undefined || !items.every(({ checkin }) => checkin.startsWith(`${team}:`))) return []
    const { comment, ...rest } = doc
    return [{ doc, left: rest }]
  })
}
