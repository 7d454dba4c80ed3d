import { reportLink as linkSchema, type ReportLink } from '../../design-docs/scoreboards.ts'
import type { CouchDoc } from '../couch/client.ts'
import { keptSince } from '../jobs/prune-jobs.ts'
import type { Installation } from '../login/installation.ts'
import { readDocs } from '../login/office.ts'

/**
 * Removes links that have opened nothing for as long as their event keeps what is over; those of a download at once.
 * The external system's stay when somebody has revoked them: a reprint must not open again what was closed.
 */
export async function pruneLinks(it: Pick<Installation, 'couch' | 'office' | 'now'>): Promise<number> {
  let removed = 0
  const links = await readDocs(it.office, 'report-link', linkSchema)
  for (const [event, own] of Map.groupBy(links, (link) => link.event)) {
    const since = await keptSince(it, event)
    const dead = own.filter((link) => deadSince(link) < (link.for === 'download' ? it.now() : since))
    if (dead.length === 0) continue
    const rows = await it.office.bulk(dead.map(({ _id, _rev }) => ({ _id, _rev, _deleted: true }) as CouchDoc))
    removed += rows.filter(({ error }) => error === undefined).length
  }
  return removed
}

function deadSince({ revoked, until, for: whom }: ReportLink): number {
  if (revoked && whom === 'external') return Number.POSITIVE_INFINITY
  return Math.min(until, revoked?.at ?? until)
}
