import { everyTeam, type FunctionSpec } from '../../functions/define.ts'
import type { Change } from '../couch/client.ts'
import type { Page } from './change-feed.ts'
import { askedBy, parseChangeKey, type Source } from './changed-keys.ts'
import type { RunnerRecords } from './runner-records.ts'
import { nextSlice, startRound } from './walk-round.ts'

export type Position = RunnerRecords['position']
export type Batch = {
  startedAt: number
  keys: string[]
  /** Changed documents that were parked and have turned out to be in order. */
  cleared: string[]
  unclear: Map<string, Error>
  changes: number
  pending: number
  /** Where the function stands once the batch is durable. */
  position: Position
}

type CollectOptions = {
  spec: FunctionSpec
  startedAt: number
  position: Position
  pages: ReadonlyMap<Source, Page>
  due: readonly string[]
  parked: readonly string[]
  teams(): Promise<string[]>
  /** The document as a change, read anew and with its conflicts; null when it is gone. */
  reread(source: Source, id: string): Promise<Change | null>
}

/** What is to be done next: keys of new changes, keys that have fallen due, and the next slice of a walk under way. */
export async function collectBatch(options: CollectOptions): Promise<Batch> {
  const { spec, startedAt, position, pages, due, parked, teams, reread } = options
  const keys = new Set<string>()
  const cleared = new Set<string>()
  const unclear = new Map<string, Error>()
  const next: Position = { ...position, since: { ...position.since } }
  let changes = 0
  let pending = 0
  let walkAll = false

  function absorb(some: readonly Change[], source: Source): void {
    const asked = askedBy(some, source, spec)
    for (const key of asked.keys) keys.add(key)
    for (const key of asked.inOrder) unclear.delete(key)
    for (const [key, why] of asked.unclear) unclear.set(key, why)
    for (const key of parked) if (asked.inOrder.has(key)) cleared.add(key)
    walkAll ||= asked.everyTeam
  }

  for (const [source, page] of pages) {
    absorb(page.changes, source)
    next.since[source] = page.last
    changes += page.changes.length
    pending += page.pending
  }
  for (const key of due) {
    const document = parseChangeKey(key)
    if (key === everyTeam) {
      walkAll = true
      cleared.add(key)
    } else if (!document) keys.add(key)
    else {
      const change = await reread(document.source, document.id)
      if (change) absorb([change], document.source)
      cleared.add(key)
    }
  }
  if (position.round) {
    const { slice, left } = nextSlice(position.round, await teams(), spec.slice ?? 100)
    for (const team of slice) keys.add(team)
    next.round = left
  }
  if (walkAll) next.round = startRound(next.round)
  for (const key of unclear.keys()) cleared.delete(key)
  return { startedAt, keys: [...keys], cleared: [...cleared], unclear, changes, pending, position: next }
}

/** Whether there is more to do than to move on. */
export const asksForWork = (batch: Batch, before: Position): boolean =>
  batch.keys.length > 0 || batch.cleared.length > 0 || batch.unclear.size > 0 || batch.position.round !== before.round
