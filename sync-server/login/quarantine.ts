import { databaseName } from '../../design-docs/databases.ts'
import type { ErrorCode } from '../../design-docs/errors.ts'
import { type Quarantined, type QuarantinedFilm, quarantined, quarantinedFilm } from '../../design-docs/kept-aside.ts'
import { pushFacts } from '../gateway/push-facts.ts'
import { dropPieces, type Film, filmState, readPhoto } from '../images/film.ts'
import { findDevice } from './devices.ts'
import type { Installation } from './installation.ts'
import { amendDoc, readDocs } from './office.ts'
import { discardUnreadable } from './unreadable.ts'

/** What was taken in, and what was turned away and why. */
export type Accepted = { kept: string[]; refused: { id: string; code: ErrorCode }[] }

const settled =
  (state: 'accepted' | 'discarded') =>
  (found: QuarantinedFilm | null): QuarantinedFilm | null =>
    found && { ...found, state }

type Decision = { event: string; device: string; by: string }

/** Takes everything a device handed over into the log, as received when it was handed over; answers what was refused. */
export async function acceptQuarantine(film: Film, { event, device, by }: Decision): Promise<Accepted> {
  const { it } = film
  const { facts, films } = await waitingFrom(it, event, device)
  const log = it.couch.database(databaseName(event, 'log'))
  const grants = (await findDevice(it, device))?.grants ?? []
  const kept: string[] = []
  const refused: Accepted['refused'] = []
  for (const [receivedAt, group] of Map.groupBy(facts, (one) => one.receivedAt)) {
    const result = await pushFacts(it, {
      log,
      docs: group.map(({ fact, rev }) => ({ ...fact, _rev: rev })),
      pusher: { event, device, grants },
      clock: null,
      receivedAt,
      forward: (docs) => log.bulk(docs, { newEdits: false }),
    })
    kept.push(...[...result.written, ...result.known].map(({ _id }) => _id))
    refused.push(...result.refused.map(({ id, code }) => ({ id, code })))
  }
  for (const one of films) {
    const photo = await readPhoto(it, event, one.photo)
    await filmState(film, photo)
    await amendDoc(it.office, one._id, {
      schema: quarantinedFilm,
      change: settled('accepted'),
    })
  }
  await decide(it, facts, { by, state: 'accepted' })
  return { kept, refused }
}

/** Turns down everything that waits from a device. The records stay readable here; what lies in storage goes. */
export async function discardQuarantine(film: Film, { event, device, by }: Decision): Promise<void> {
  const { it } = film
  const { facts, films } = await waitingFrom(it, event, device)
  for (const one of films) {
    await dropPieces(film, { _id: one.photo, event })
    await amendDoc(it.office, one._id, {
      schema: quarantinedFilm,
      change: settled('discarded'),
    })
  }
  await discardUnreadable(film, event, device)
  await decide(it, facts, { by, state: 'discarded' })
}

/** Everything of an event that waits for a decision. */
export async function waitingFacts(it: Installation, event: string): Promise<Quarantined[]> {
  const all = await readDocs(it.office, 'quarantine', quarantined)
  return all.filter((one) => one.event === event && one.state === 'waiting')
}

async function waitingFrom(it: Installation, event: string, device: string) {
  const ofDevice = (one: { event: string; device: string; state: string }) =>
    one.event === event && one.device === device && one.state === 'waiting'
  const facts = (await readDocs(it.office, `quarantine:${device}`, quarantined)).filter(ofDevice)
  const films = (await readDocs(it.office, `quarantine-film:${device}`, quarantinedFilm)).filter(ofDevice)
  return { facts, films }
}

async function decide(
  it: Installation,
  facts: readonly Quarantined[],
  { by, state }: { by: string; state: 'accepted' | 'discarded' },
): Promise<void> {
  const change = (found: Quarantined | null) => found && { ...found, state, decidedBy: by, decidedAt: it.now() }
  for (const { _id } of facts) await amendDoc(it.office, _id, { schema: quarantined, change })
}
