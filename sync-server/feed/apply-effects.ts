import type { Effect, Place } from '../../functions/define.ts'
import type { BulkRow, Couch, Stored } from '../couch/client.ts'
import { CouchError } from '../couch/client.ts'
import { ensureDatabase } from '../couch/ensure-database.ts'
import { inParallel } from './in-parallel.ts'
import { asStored, isWrite, placeName, planWrite, type Write, writtenId } from './plan-write.ts'
import type { Targets } from './targets.ts'

export type StoragePort = {
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>
  get(key: string): Promise<Uint8Array | null>
  /** True when there was something to delete. */
  delete(key: string): Promise<boolean>
  /** Keys that start with this folder, which ends with `/`. */
  list(folder: string): Promise<string[]>
  /** Rejects while it does not serve as a whole. */
  check?(): Promise<void>
}

export type Applied = { written: number; unchanged: number }
export type ApplyOptions = {
  event: string
  couch: Couch
  targets: Targets
  storage: StoragePort
  /** Is shown each document of `desk` that was written, null content for a removed one. */
  onDeskWrite(id: string, rev: string, doc: Stored | null): void
  databasesAtOnce?: number | undefined
  /** Is waited for after each database, given how long that took. */
  rest?: ((tookMs: number) => Promise<void>) | undefined
  now(): number
}

type DatabaseWork = { place: Place; database: string; writes: Map<string, Write> }

const defaultDatabasesAtOnce = 8
const filesAtOnce = 4

/**
 * Makes the effects durable: bytes first, then one `_bulk_docs` per database. Answers `again` when the inputs may have
 * been older than a target that has been met only now, or when someone else wrote meanwhile; nothing is amiss then, and
 * the function is to be called again. What a document says already is not written.
 */
export async function applyEffects(effects: readonly Effect[], options: ApplyOptions): Promise<Applied | 'again'> {
  const { targets, storage, databasesAtOnce = defaultDatabasesAtOnce, rest, now } = options
  const work = byDatabase(effects, options.event)
  const met = await inParallel(work, databasesAtOnce, (part) => meetTargets(part, targets))
  if (met.includes('late')) return 'again'
  const files = effects.filter((effect) => effect.do === 'store')
  await inParallel(files, filesAtOnce, ({ key, bytes, contentType }) => storage.put(key, bytes, contentType))
  // Before the documents that name them: what ends in between is done again, and nothing lies about unnamed.
  const gone = effects.filter((effect) => effect.do === 'unstore')
  await inParallel(gone, filesAtOnce, ({ key }) => storage.delete(key))
  const parts = await inParallel(work, databasesAtOnce, async (part) => {
    const begun = now()
    const applied = await writePart(part, options)
    await rest?.(now() - begun)
    return applied
  })
  if (parts.includes('again')) return 'again'
  const sums = parts as Applied[]
  return {
    written: sums.reduce((sum, part) => sum + part.written, 0),
    unchanged: sums.reduce((sum, part) => sum + part.unchanged, 0),
  }
}

function byDatabase(effects: readonly Effect[], event: string): DatabaseWork[] {
  const work = new Map<string, DatabaseWork>()
  for (const effect of effects) {
    if (!isWrite(effect)) continue
    const { at } = effect
    const database = placeName(event, at)
    const part = work.get(database) ?? { place: at, database, writes: new Map<string, Write>() }
    part.writes.set(writtenId(effect), effect)
    work.set(database, part)
  }
  return [...work.values()]
}

/** `late`: a target that would be changed has been read only after the inputs were. */
async function meetTargets({ place, database, writes }: DatabaseWork, targets: Targets): Promise<'late' | 'in time'> {
  const unknown = [...writes.values()].filter((write) => targets.get(database, writtenId(write)) === undefined)
  // An unknown document of a team's database in use is most likely new: if not, its creation is a conflict, and
  // then it is read. That halves the requests of a busy day.
  const isProbablyNew = place.kind === 'team' && targets.isMet(database)
  const asked = isProbablyNew ? unknown.filter((write) => write.do === 'remove') : unknown
  await targets.read(database, asked.map(writtenId))
  const late = asked.some((write) => planWrite(write, targets.get(database, writtenId(write)))?.doc._rev !== undefined)
  return late ? 'late' : 'in time'
}

async function writePart({ place, database, writes }: DatabaseWork, options: ApplyOptions): Promise<Applied | 'again'> {
  const { couch, event, targets, onDeskWrite } = options
  const planned = [...writes.values()].flatMap(
    (write) => planWrite(write, targets.get(database, writtenId(write))) ?? [],
  )
  if (planned.length === 0) return { written: 0, unchanged: writes.size }
  const docs = planned.map(({ doc }) => doc)
  const bulk = () => couch.database(database).bulk(docs)
  const rows = await bulk().catch(async (error) => {
    if (!(error instanceof CouchError) || error.status !== 404 || place.kind !== 'team') throw error
    await ensureDatabase(couch, event, 'team', place.team)
    return await bulk()
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const conflicts: string[] = []
  for (const { doc, hash } of planned) {
    const row = byId.get(doc._id)
    if (row?.error === 'conflict') {
      conflicts.push(doc._id)
      targets.forget(database, doc._id)
    } else if (row?.rev && !row.error) {
      targets.wrote(database, doc._id, { rev: hash === null ? null : row.rev, hash })
      if (place.kind === 'desk') onDeskWrite(doc._id, row.rev, hash === null ? null : asStored(doc, row.rev))
    } else throw new Error(refusal(database, doc._id, row))
  }
  if (conflicts.length === 0) return { written: planned.length, unchanged: writes.size - planned.length }
  await targets.read(database, conflicts)
  return 'again'
}

const refusal = (database: string, id: string, row: BulkRow | undefined) =>
  `${database} refused ${id}: ${row?.error ?? 'no answer'} ${row?.reason ?? ''}`
