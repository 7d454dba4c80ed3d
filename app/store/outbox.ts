import { type ReadonlySignal, signal } from '@preact/signals'
import type { Fact, FactOf, FactType } from '../../design-docs/facts.ts'
import { factId, ulid } from '../../design-docs/ids.ts'
import type { Clock, Stamp } from '../device/clock.ts'
import type { LocalDatabase } from './database.ts'
import { createTable, type Table } from './table.ts'
import type { Draft, Who } from './types.ts'

/** The device's own facts, in the order in which they were made. */
export type OutboxBook = {
  table: Table
  facts: ReadonlySignal<ReadonlyMap<string, Fact>>
  append<T extends FactType>(
    draft: Draft<T>,
    extra?: { stamp?: Stamp | undefined; id?: string; preview?: Blob },
  ): Promise<FactOf<T>>
  newId(draft: { type: FactType; team?: string | undefined }, stamp: Stamp): string
  /** Facts as they travel, attachments inlined. */
  forPush(ids: readonly string[]): Promise<TravellingFact[]>
  preview(photo: string): Promise<Blob | null>
}
export type TravellingFact = Fact & { _rev: string; _attachments?: PouchDB.Core.Attachments }

type Parts = {
  database: LocalDatabase
  clock: Clock
  randomBytes(count: number): Uint8Array
  who(): Who | null
  onWrite(): void
}

export function createOutbox({ database, clock, randomBytes, who, onWrite }: Parts): OutboxBook {
  const facts = signal<ReadonlyMap<string, Fact>>(new Map())
  const table = createTable<Fact>(
    database,
    (changes) => {
      const next = new Map(facts.value)
      for (const { id, doc, deleted } of changes) if (!deleted) next.set(id, doc)
      facts.value = next
    },
    onWrite,
  )

  const newId: OutboxBook['newId'] = (draft, stamp) =>
    factId(draft.team ?? 'staff', draft.type, ulid(stamp.at, randomBytes(10)))

  return {
    table,
    facts,
    newId,
    async append<T extends FactType>(
      draft: Draft<T>,
      { stamp = clock.stamp(), id, preview }: { stamp?: Stamp | undefined; id?: string; preview?: Blob } = {},
    ) {
      const author = who()
      if (!author) throw new Error('a fact needs an author: no one is signed in')
      const _id = id ?? newId(draft as { type: FactType; team?: string }, stamp)
      const { account: by, role: as, event, device } = author
      const fact = { ...draft, ...stamp, _id, event, by, as, device } as unknown as FactOf<T>
      const attachment = preview && { preview: { content_type: 'image/jpeg', data: await base64(preview) } }
      const [revision] = await table.write([{ ...fact, ...(attachment && { _attachments: attachment }) }])
      // A conflict here is this very fact: a write that the system interrupted after it had become durable.
      if (!revision && !(await database.get(_id))) throw new Error(`${_id} could not be kept`)
      return fact
    },
    async forPush(ids) {
      const found = await database.all<TravellingFact>({ keys: [...ids], attachments: true })
      return found
    },
    preview: (photo) => database.attachment(photo, 'preview'),
  }
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
