import { type ReadonlySignal, signal } from '@preact/signals'
import type { LocalDatabase, LocalDoc } from './database.ts'
import { createTable, type Table } from './table.ts'
import type { FactState, Openers } from './types.ts'

/** What is known of the server: its facts and originals, which mirrors are complete. Lost, it is asked for again. */
export type Ledger = {
  table: Table
  states: ReadonlySignal<ReadonlyMap<string, FactState>>
  mirrors: ReadonlySignal<ReadonlyMap<string, MirrorPointer>>
  /** Records what became of facts; `unsent` forgets what was known. */
  settle(states: ReadonlyMap<string, FactState>): Promise<void>
  /** The facts confirmed last, newest first: the first that a restored server lacks. */
  witnesses(count: number): string[]
  /** Refused by the server while another version of the app ran here. */
  refusedByOther(version: string): string[]
  /** The generation that the confirmations are of; null while they must all be asked for anew. */
  generation(): string | null
  setGeneration(generation: string | null): Promise<void>
  point(name: string, pointer: MirrorPointer): Promise<void>
  /** Photos whose original the server has said to have, and when (server time), oldest first. */
  receipts: ReadonlySignal<ReadonlyMap<string, number>>
  keepReceipt(photo: string, at: number): Promise<void>
  forgetReceipts(photos: Iterable<string>): Promise<void>
  /** What bibs scanned here open; gone with the rest when the device is wiped. */
  openers: Openers
}

/** Local databases of one mirror: the one shown, the one being filled beside it, and one that is to be destroyed. */
export type MirrorPointer = {
  shown: string | null
  filling: string | null
  old: string | null
  generation: string | null
  fills: number
}

type FactRecord = {
  _id: string
  _rev: string
  state: 'sent' | 'confirmed' | 'refused'
  code?: string
  message?: string
  version: string
  order: number
}
type PointerRecord = { _id: string; _rev: string; pointer: MirrorPointer }
type GenerationRecord = { _id: string; _rev: string; generation: string | null }
type OpenerRecord = { _id: string; _rev: string; key: string }
type ReceiptRecord = { _id: string; _rev: string; at: number }

const factKey = (id: string) => `fact/${id}`
const mirrorKey = (name: string) => `mirror/${name}`
const receiptKey = (photo: string) => `receipt/${photo}`
const openerKey = (id: string) => `opener/${id}`
const generationKey = 'generation'

export function createLedger(database: LocalDatabase, version: string, onWrite: () => void): Ledger {
  const records = new Map<string, FactRecord>()
  const revisions = new Map<string, string>()
  const states = signal<ReadonlyMap<string, FactState>>(new Map())
  const mirrors = signal<ReadonlyMap<string, MirrorPointer>>(new Map())
  const receipts = signal<ReadonlyMap<string, number>>(new Map())
  const openers = signal<ReadonlyMap<string, string>>(new Map())
  let generation: string | null = null
  let order = 0

  const table = createTable<FactRecord & PointerRecord & GenerationRecord & ReceiptRecord & OpenerRecord>(
    database,
    (changes) => {
      const nextStates = new Map(states.value)
      const nextMirrors = new Map(mirrors.value)
      const nextReceipts = new Map(receipts.value)
      let nextOpeners = openers.value
      for (const { id, rev, deleted, doc } of changes) {
        if (deleted) revisions.delete(id)
        else revisions.set(id, rev)
        if (id === generationKey) generation = doc.generation
        else if (id.startsWith('mirror/')) nextMirrors.set(id.slice('mirror/'.length), doc.pointer)
        else if (id.startsWith('opener/')) nextOpeners = new Map(nextOpeners).set(id.slice('opener/'.length), doc.key)
        else if (id.startsWith('receipt/')) {
          const photo = id.slice('receipt/'.length)
          if (deleted) nextReceipts.delete(photo)
          else nextReceipts.set(photo, doc.at)
        } else {
          const fact = id.slice('fact/'.length)
          if (deleted) records.delete(fact)
          else records.set(fact, doc)
          order = Math.max(order, doc.order ?? 0)
          if (deleted) nextStates.delete(fact)
          else nextStates.set(fact, stateOf(doc))
        }
      }
      states.value = nextStates
      mirrors.value = nextMirrors
      receipts.value = nextReceipts
      openers.value = nextOpeners
    },
    onWrite,
  )

  const revision = (id: string) => {
    const rev = revisions.get(id)
    return rev === undefined ? {} : { _rev: rev }
  }

  return {
    table,
    states,
    mirrors,
    receipts,
    async settle(next) {
      order += 1
      const docs = [...next].flatMap(([fact, state]): LocalDoc[] => {
        const known = records.get(fact)
        if (state.state === 'unsent') return known ? [{ ...known, _deleted: true }] : []
        if (known && known.state === state.state && state.state !== 'refused') return []
        const record = { _id: factKey(fact), ...revision(factKey(fact)), ...state, version, order }
        return [record]
      })
      if (docs.length > 0) await table.write(docs)
    },
    witnesses: (count) =>
      [...records]
        .filter(([, record]) => record.state === 'confirmed')
        .sort(([, a], [, b]) => b.order - a.order)
        .slice(0, count)
        .map(([fact]) => fact),
    refusedByOther: (current) =>
      [...records]
        .filter(([, record]) => record.state === 'refused' && record.version !== current)
        .map(([fact]) => fact),
    generation: () => generation,
    async setGeneration(next) {
      await table.write([{ _id: generationKey, ...revision(generationKey), generation: next } as GenerationRecord])
    },
    async point(name, pointer) {
      await table.write([{ _id: mirrorKey(name), ...revision(mirrorKey(name)), pointer } as PointerRecord])
    },
    async keepReceipt(photo, at) {
      await table.write([{ _id: receiptKey(photo), ...revision(receiptKey(photo)), at } as ReceiptRecord])
    },
    openers: {
      keys: openers,
      async keep(id, key) {
        if (!openers.value.has(id)) await table.write([{ _id: openerKey(id), key } as OpenerRecord])
      },
    },
    async forgetReceipts(photos) {
      const docs = [...photos].map((photo) => ({
        _id: receiptKey(photo),
        ...revision(receiptKey(photo)),
        _deleted: true,
      }))
      if (docs.length > 0) await table.write(docs)
    },
  }
}

function stateOf(record: FactRecord): FactState {
  if (record.state !== 'refused') return { state: record.state }
  return { state: 'refused', code: record.code ?? '', message: record.message ?? '' }
}
