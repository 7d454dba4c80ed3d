import { type DatabaseKind, databaseName, parseDatabaseName } from '../../design-docs/databases.ts'
import { everyTeam, type FunctionSpec } from '../../functions/define.ts'
import type { Couch } from '../couch/client.ts'
import { applyEffects, type StoragePort } from './apply-effects.ts'
import { askedBy, sourcesOf } from './changed-keys.ts'
import { type EventParts, eventParts } from './event-parts.ts'
import type { EventBib } from './function-context.ts'
import { isWrite, placeName, planWrite, writtenId } from './plan-write.ts'

/** A document that says something else than what its function computes. */
export type Difference = {
  event: string
  function: string
  database: string
  id: string
  kind: 'missing' | 'other' | 'left over'
}

type SweepOptions = {
  couch: Couch
  storage: StoragePort
  now(): number
  bibKeys(): Promise<Record<string, string>>
  bibTexts(bib: EventBib): Promise<string[]>
  /** Keys that wait for their time, so that what they write may rightly differ until then. */
  isWaiting(key: string): boolean
  /** Resolves once what has come in meanwhile has been worked off. */
  drain(): Promise<void>
}

const pageSize = 1000

/**
 * Computes everything of one function at one event anew, from nothing but the databases, and puts right what differs.
 * What differs is looked at twice, with a drain in between: a day goes on while it is swept.
 */
export async function sweepFunction(event: string, spec: FunctionSpec, options: SweepOptions): Promise<Difference[]> {
  const keys = (await everyKey(event, spec, options)).filter((key) => !options.isWaiting(key))
  const suspect = await differingKeys(keys, spec, eventParts(event, options))
  if (suspect.length === 0) return []
  await options.drain()
  const parts = eventParts(event, options)
  const found: Difference[] = []
  for (const key of suspect) {
    const differences = await compare([key], spec, parts)
    if (differences.length === 0) continue
    found.push(...differences)
    await applyEffects(await spec.handle([key], parts.context), parts.effects)
  }
  return found
}

/** The keys of all documents that wake the function, and of all that stand where it writes. */
async function everyKey(event: string, spec: FunctionSpec, { couch }: SweepOptions): Promise<string[]> {
  const keys = new Set<string>()
  for (const source of sourcesOf(spec)) {
    const database = couch.database(databaseName(event, source))
    for (let since: string | number = 0; ; ) {
      const page = await database.changes({ since, limit: pageSize, includeDocs: true, conflicts: true })
      for (const key of askedBy(page.results, source, spec).keys) keys.add(key)
      if (page.results.length === 0) break
      since = page.last_seq
    }
  }
  for (const { name, kind } of await placesOf(couch, event)) {
    for (const { id } of spec.owns ? await couch.database(name).all() : []) {
      const key = id.startsWith('_design/') ? null : spec.owns?.(kind, id)
      if (key) keys.add(key)
    }
  }
  keys.delete(everyTeam)
  return [...keys]
}

async function placesOf(couch: Couch, event: string): Promise<{ name: string; kind: DatabaseKind }[]> {
  const names = await couch.names()
  return names.flatMap((name) => {
    const parsed = parseDatabaseName(name)
    return parsed?.event === event && parsed.kind !== 'log' ? [{ name, kind: parsed.kind }] : []
  })
}

async function differingKeys(keys: readonly string[], spec: FunctionSpec, parts: EventParts): Promise<string[]> {
  const size = spec.slice ?? 100
  const suspect: string[] = []
  for (let start = 0; start < keys.length; start += size) {
    const slice = keys.slice(start, start + size)
    if ((await compare(slice, spec, parts)).length > 0) suspect.push(...slice)
  }
  return suspect
}

async function compare(keys: readonly string[], spec: FunctionSpec, parts: EventParts): Promise<Difference[]> {
  const { event, targets } = parts.effects
  const writes = (await spec.handle(keys, parts.context)).filter(isWrite)
  const byPlace = Map.groupBy(writes, ({ at }) => placeName(event, at))
  const found: Difference[] = []
  for (const [database, group] of byPlace) {
    await targets.read(database, group.map(writtenId))
    for (const write of group) {
      const id = writtenId(write)
      const target = targets.get(database, id)
      if (planWrite(write, target) === null) continue
      const kind = write.do === 'remove' ? 'left over' : target?.rev ? 'other' : 'missing'
      found.push({ event, function: spec.name, database, id, kind })
    }
  }
  return found
}
