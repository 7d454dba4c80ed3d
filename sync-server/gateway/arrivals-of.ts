import { createHash } from 'node:crypto'
import type { ArrivalFact } from '../../design-docs/facts.ts'
import { factId, subjectOf, ulid } from '../../design-docs/ids.ts'
import type { Installation } from '../login/installation.ts'
import { serverClaim } from '../setup/server-claim.ts'

type Delivery = {
  event: string
  facts: readonly { _id: string; team?: string | undefined }[]
  clock: ArrivalFact['clock'] | null
  /** Now, unless the facts lay here for a while before they were taken in. */
  receivedAt?: number | undefined
  /** Who brought them in the device's stead. */
  carrier?: ArrivalFact['carrier']
}
export type Arrival = ArrivalFact & { _rev: string; _revisions: { start: 1; ids: [string] } }

/** Says when facts came in, one `arrival` for each team; with revisions, since they are written beside those of phones. */
export function arrivalsOf(it: Installation, { event, facts, clock, receivedAt, carrier }: Delivery): Arrival[] {
  const now = it.now()
  const bySubject = Map.groupBy(facts, ({ _id }) => subjectOf(_id))
  return [...bySubject].map(([subject, group]) => {
    const team = group[0]?.team
    return withRevision({
      _id: factId(subject, 'arrival', ulid(now, it.random(10))),
      type: 'arrival',
      ...serverClaim(event, now),
      ...(team === undefined ? {} : { team }),
      facts: group.map(({ _id }) => _id),
      receivedAt: receivedAt ?? now,
      server: it.server,
      ...(clock ? { clock } : {}),
      ...(carrier ? { carrier } : {}),
    })
  })
}

function withRevision(arrival: ArrivalFact): Arrival {
  const hash = createHash('md5').update(JSON.stringify(arrival)).digest('hex')
  return { ...arrival, _rev: `1-${hash}`, _revisions: { start: 1, ids: [hash] } }
}
