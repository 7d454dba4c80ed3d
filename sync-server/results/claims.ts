import type { Claim } from '../../design-docs/console.ts'
import { office } from '../../design-docs/databases.ts'
import type { Couch, Stored } from '../couch/client.ts'

/** A claim runs out by itself, so that a closed console holds nothing. */
export const claimMs = 45_000

export type Claims = {
  /** Takes or renews a claim; answers whose it is now. */
  take(claim: Omit<Claim, 'until'>): Promise<Claim>
  /** Gives up a device's claim; others' stay. */
  release(checkin: string, device: string): Promise<void>
  /** Claims that still hold. */
  held(): Promise<Claim[]>
}

/** Claims of an event in `zk-office`. CouchDB's revision check decides between two judges who reach at once. */
export function claimsOf(couch: Couch, event: string, now: () => number): Claims {
  const database = couch.database(office)
  const prefix = `claim:${event}:`
  const toClaim = (doc: Stored): Claim => ({
    checkin: doc._id.slice(prefix.length),
    by: String(doc.by),
    device: String(doc.device),
    until: Number(doc.until),
  })

  return {
    async take({ checkin, by, device }) {
      const _id = prefix + checkin
      for (;;) {
        const existing = await database.get(_id)
        if (existing && existing.device !== device && Number(existing.until) > now()) return toClaim(existing)
        const until = now() + claimMs
        const rev = existing ? { _rev: existing._rev } : {}
        const written = await database.put({ _id, ...rev, type: 'claim', event, by, device, until })
        if (written) return { checkin, by, device, until }
      }
    },
    async release(checkin, device) {
      const existing = await database.get(prefix + checkin)
      if (existing?.device === device) await database.put({ _id: existing._id, _rev: existing._rev, _deleted: true })
    },
    async held() {
      const rows = await database.all({ startkey: prefix, endkey: `claim:${event};`, includeDocs: true })
      return rows.flatMap(({ doc }) => (doc ? [toClaim(doc)] : [])).filter(({ until }) => until > now())
    },
  }
}
