import { createHash } from 'node:crypto'
import type { Caller } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { type RefusedFact, refusedFact } from '../../design-docs/kept-aside.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDocs } from '../login/office.ts'
import type { Refusal } from './push-facts.ts'

/** A device that sends nonsense all day fills no disk. */
const notedPerPush = 20

/** Notes for the organizers what was turned away; the phone keeps the fact and offers it again. */
export async function noteRefusals(
  it: Installation,
  caller: Caller,
  { refused, docs }: { refused: readonly Refusal[]; docs: readonly unknown[] },
): Promise<void> {
  const now = it.now()
  for (const { id, code } of refused.slice(0, notedPerPush)) {
    const sent = docs.find((doc) => (doc as { _id?: unknown } | null)?._id === id)
    const { _attachments, ...bare } = (sent ?? {}) as Record<string, unknown>
    const key = `refused:${caller.device}:${createHash('sha256').update(id).digest('hex').slice(0, 32)}`
    await amendDoc(it.office, key, {
      schema: refusedFact,
      change: (found): RefusedFact => ({
        _id: key,
        type: 'refused',
        event: caller.event,
        device: caller.device,
        account: caller.account,
        factId: id.slice(0, 300),
        code,
        text: JSON.stringify(bare).slice(0, 4000),
        firstAt: found?.firstAt ?? now,
        at: now,
        times: (found?.times ?? 0) + 1,
      }),
    })
  }
}

/** Refusals of an event that still stand: a fact that was taken in since is none. */
export async function standingRefusals(it: Installation, event: string): Promise<RefusedFact[]> {
  const all = (await readDocs(it.office, 'refused', refusedFact)).filter((one) => one.event === event)
  if (all.length === 0) return []
  const log = it.couch.database(databaseName(event, 'log'))
  const there = await log.all({ keys: all.map(({ factId }) => factId) })
  const taken = new Set(there.map(({ id }) => id))
  // An id that is there under another revision was refused for just that.
  return all.filter(({ factId, code }) => code === 'ZK-GATE-006' || !taken.has(factId))
}
