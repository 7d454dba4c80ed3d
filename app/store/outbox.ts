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
  /** Makes a draft the fact of whoever is signed in, without writing it. */
  compose<T extends FactType>(draft: Draft<T>, stamp?: Stamp): FactOf<T>
  /** Keeps a fact; it survives anything once this resolves. The same fact twice is once. */
  write(fact: Fact, preview?: Blob): Promise<void>
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

  return {
    table,
    facts,
    compose<T extends FactType>(draft: Draft<T>, stamp = clock.stamp()) {
      const author = who()
      if (!author) throw new Error('a fact needs an author: no one is signed in')
      const { type, team = 'staff' } = draft as { type: FactType; team?: string }
      const _id = factId(team, type, ulid(stamp.at, randomBytes(10)))
      const { account: by, role: as, event, device } = author
      return { ...draft, ...stamp, _id, event, by, as, device } as unknown as FactOf<T>
    },
    async write(fact, preview) {
      const attachment = preview && { preview: { content_type: 'image/jpeg', data: await base64(preview) } }
      const [revision] = await table.write([{ ...fact, ...(attachment && { _attachments: attachment }) }])
      // A conflict here is this very fact: a write that the system interrupted after it had become durable, or that
      // another tab has made up for.
      if (!revision && !(await database.get(fact._id))) throw new Error(`${fact._id} could not be kept`)
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
