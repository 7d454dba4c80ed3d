import type { ArrivalFact } from '../../design-docs/facts.ts'
import { factId, subjectOf, ulid } from '../../design-docs/ids.ts'
import type { Database } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { serverClaim } from '../setup/server-claim.ts'

type Delivery = {
  event: string
  facts: readonly { _id: string; team?: string | undefined }[]
  clock: ArrivalFact['clock'] | null
  /** Now, unless the facts lay here for a while before they were taken in. */
  receivedAt?: number | undefined
}

/**
 * Writes down when facts came in, one `arrival` for each team. Called before the facts themselves are written: after
 * a crash in between the phone finds them missing and brings them again, while known facts without an arrival would
 * never be offered a second time. The earliest arrival counts, so one too many does no harm.
 */
export async function writeArrivals(
  it: Installation,
  log: Database,
  { event, facts, clock, receivedAt }: Delivery,
): Promise<void> {
  const now = it.now()
  const bySubject = Map.groupBy(facts, ({ _id }) => subjectOf(_id))
  const arrivals = [...bySubject].map(([subject, group]): ArrivalFact => {
    const team = group[0]?.team
    return {
      _id: factId(subject, 'arrival', ulid(now, it.random(10))),
      type: 'arrival',
      ...serverClaim(event, now),
      ...(team === undefined ? {} : { team }),
      facts: group.map(({ _id }) => _id),
      receivedAt: receivedAt ?? now,
      server: it.server,
      ...(clock ? { clock } : {}),
    }
  })
  const rows = await log.bulk(arrivals)
  const failed = rows.find((row) => row.error)
  if (failed) throw new Error(`the arrival ${failed.id} was not written: ${failed.error} ${failed.reason ?? ''}`)
}
