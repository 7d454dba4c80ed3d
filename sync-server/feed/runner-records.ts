import { office } from '../../design-docs/databases.ts'
import {
  type ParkedDoc,
  type PositionDoc,
  parkedDoc,
  parkedId,
  positionDoc,
  positionId,
  type WakeDoc,
  wakeDoc,
  wakeId,
} from '../../design-docs/runner-docs.ts'
import type { Couch, CouchDoc } from '../couch/client.ts'
import { nextFailure } from './next-failure.ts'
import { writeOwn } from './write-own.ts'

type Owner = { event: string; function: string }

/** What one function's batch leaves behind beside its effects. */
export type Outcome = {
  /** What fell due after this has not been worked off. */
  startedAt: number
  /** Keys that were worked off; their wake-ups and failures are over, unless they are named again below. */
  done: readonly string[]
  failed: ReadonlyMap<string, unknown>
  wakes: ReadonlyMap<string, number>
  position: Pick<PositionDoc, 'since' | 'round'>
}

/** Position, wake-ups and parked keys of one function at one event: in memory, and durable in `zk-office`. */
export type RunnerRecords = {
  readonly position: Pick<PositionDoc, 'since' | 'round'>
  wakes(): WakeDoc[]
  parked(): ParkedDoc[]
  /** Keys whose wake-up or next try is due. */
  due(nowMs: number): string[]
  /** When the next key falls due; Infinity when none will. */
  nextDueAt(): number
  /** Whether nothing but the position would be written. */
  isMoveOnly(outcome: Omit<Outcome, 'position'>): boolean
  /** First what must not be lost, then the position that lets go of it. */
  commit(outcome: Outcome, nowMs: number): Promise<void>
  /** Keeps a key as parked without a try: nobody but a person can say what is right. */
  park(key: string, error: unknown, nowMs: number): Promise<void>
  /** Lets parked keys be tried again at once, all or those whose key or id is this; answers how many. */
  redrive(nowMs: number, key?: string): Promise<number>
}

export async function loadRecords(couch: Couch, owner: Owner): Promise<RunnerRecords> {
  const database = couch.database(office)
  const wakes = new Map<string, WakeDoc>()
  const parked = new Map<string, ParkedDoc>()
  let position = await loadPosition()
  for (const doc of await range(wakeId(owner.event, owner.function, ''))) keep(wakes, wakeDoc.parse(doc))
  for (const doc of await range(parkedId(owner.event, owner.function, ''))) keep(parked, parkedDoc.parse(doc))

  function keep<T extends { key: string }>(map: Map<string, T>, doc: T): void {
    map.set(doc.key, doc)
  }

  async function range(prefix: string): Promise<CouchDoc[]> {
    const rows = await database.all({ startkey: prefix, endkey: `${prefix}\ufff0`, includeDocs: true })
    return rows.flatMap(({ doc }) => doc ?? [])
  }

  async function loadPosition(): Promise<PositionDoc> {
    const _id = positionId(owner.event, owner.function)
    const found = await database.get(_id)
    return found ? positionDoc.parse(found) : { _id, type: 'position', ...owner, since: {} }
  }

  function wakeUp(key: string, at: number, done: ReadonlySet<string>): WakeDoc | null {
    const before = wakes.get(key)
    if (!before) return { _id: wakeId(owner.event, owner.function, key), type: 'wake', ...owner, key, at }
    // The earlier one holds until it has been worked off: called once too often does no harm, too late does.
    const earlier = done.has(key) ? at : Math.min(before.at, at)
    return earlier === before.at ? null : { ...before, at: earlier }
  }

  return {
    get position() {
      return { since: position.since, ...(position.round && { round: position.round }) }
    },
    wakes: () => [...wakes.values()],
    parked: () => [...parked.values()],
    due: (nowMs) => [
      ...[...wakes.values()].filter(({ at }) => at <= nowMs).map(({ key }) => key),
      ...[...parked.values()].filter(({ nextAt }) => nextAt !== null && nextAt <= nowMs).map(({ key }) => key),
    ],
    nextDueAt: () =>
      Math.min(
        ...[...wakes.values()].map(({ at }) => at),
        ...[...parked.values()].map(({ nextAt }) => nextAt ?? Number.POSITIVE_INFINITY),
      ),
    isMoveOnly: ({ done, failed, wakes: asked }) =>
      failed.size === 0 && asked.size === 0 && !done.some((key) => wakes.has(key) || parked.has(key)),
    async commit({ startedAt, done, failed, wakes: asked, position: next }, nowMs) {
      const doneKeys = new Set(done)
      const failures = [...failed].map(([key, error]) =>
        nextFailure(parked.get(key), { key, error, nowMs, event: owner.event, name: owner.function }),
      )
      const wakeUps = [...asked].flatMap(([key, at]) => wakeUp(key, at, doneKeys) ?? [])
      await writeOwn(database, [...failures, ...wakeUps])
      for (const doc of failures) parked.set(doc.key, doc)
      for (const doc of wakeUps) wakes.set(doc.key, doc)

      const worked = [...done, ...failed.keys()]
      const rung = worked
        .flatMap((key) => wakes.get(key) ?? [])
        .filter((doc) => doc.at <= startedAt && !asked.has(doc.key))
      const healed = done.flatMap((key) => parked.get(key) ?? [])
      position = { ...position, since: next.since, round: next.round }
      await writeOwn(database, [position, ...[...rung, ...healed].map((doc) => ({ ...doc, _deleted: true as const }))])
      for (const { key } of rung) wakes.delete(key)
      for (const { key } of healed) parked.delete(key)
    },
    async park(key, error, nowMs) {
      const failure = nextFailure(parked.get(key), { key, error, nowMs, event: owner.event, name: owner.function })
      const doc: ParkedDoc = { ...failure, state: 'parked', nextAt: null }
      await writeOwn(database, [doc])
      parked.set(key, doc)
    },
    async redrive(nowMs, key) {
      const chosen = [...parked.values()].filter((doc) => key === undefined || doc.key === key || doc._id === key)
      const again = chosen.map((doc): ParkedDoc => ({ ...doc, state: 'retrying', tries: 0, nextAt: nowMs }))
      await writeOwn(database, again)
      for (const doc of again) parked.set(doc.key, doc)
      return again.length
    },
  }
}
