import type { ProblemRow } from '../../design-docs/console.ts'
import { outgoing } from '../../design-docs/mail.ts'
import { ledger as ledgerSchema, station as stationSchema } from '../../design-docs/stations.ts'
import type { Database } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { readDocs } from '../login/office.ts'

/** Every open console asks, and a mailing has thousands of mails: for so long all get the same answer. */
const keptMs = 3000
const kept = new WeakMap<Database, { at: number; rows: Promise<(ProblemRow & { event: string | null })[]> }>()

/** Mails of the event that nobody took, and stations that cannot send, whichever event uses them. */
export async function mailProblems(it: Installation, event: string): Promise<ProblemRow[]> {
  const known = kept.get(it.office)
  const standing = known && it.now() - known.at < keptMs ? known : { at: it.now(), rows: readProblems(it) }
  kept.set(it.office, standing)
  standing.rows.catch(() => kept.delete(it.office))
  return (await standing.rows).flatMap(({ event: of, ...row }) => (of === null || of === event ? [row] : []))
}

async function readProblems(it: Installation) {
  const [mails, stations, ledgers] = await Promise.all([
    readDocs(it.office, 'outgoing', outgoing),
    readDocs(it.office, 'station', stationSchema),
    readDocs(it.office, 'ledger', ledgerSchema),
  ])
  const parked = mails.filter(({ state }) => state === 'parked')
  const retired = stations.flatMap((station) => {
    const ledger = ledgers.find((one) => one.station === station.id)
    return ledger?.state === 'retired' && !station.paused ? [{ station, ledger }] : []
  })
  return [
    ...parked.map(({ _id, key, event, kind, error = '', queuedAt, tries }) => ({
      id: _id,
      kind: 'mail' as const,
      where: kind,
      key,
      error,
      at: queuedAt,
      tries,
      event,
    })),
    ...retired.map(({ station, ledger }) => ({
      id: station._id,
      kind: 'station' as const,
      where: station.name,
      key: `${station.host}:${station.port}`,
      error: ledger.reason ?? '',
      at: ledger.since,
      tries: ledger.failures,
      event: null,
    })),
  ]
}
