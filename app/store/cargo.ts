import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { PhotoFact } from '../../design-docs/facts.ts'
import { attachable } from './attachable.ts'
import type { LocalDatabase } from './database.ts'
import type { Answer, Ask } from './http.ts'
import type { Ledger } from './ledger.ts'
import { pieceBytes, pieceOf } from './pieces.ts'
import { createTable, type Table } from './table.ts'
import type { CargoState } from './types.ts'

/** Originals of photos, each kept at least until the server's receipt for all of its bytes. */
export type CargoHold = {
  table: Table
  /** All that lie here, with a receipt or without. */
  crates: ReadonlySignal<ReadonlyMap<string, Crate>>
  /** Those that the server has given no receipt for. */
  photos: ReadonlySignal<ReadonlyMap<string, CargoState>>
  /** Keeps the bytes together with the fact that is to be written about them. */
  keep(fact: PhotoFact, bytes: { original: Blob; preview: Blob }): Promise<void>
  original(photo: string): Promise<Blob | null>
  preview(photo: string): Promise<Blob | null>
  /** What the server says about one original. */
  askReceipt(photo: string): Promise<ReceiptAnswer>
  /** Sends what these photos lack on the server, in order; stops at the first failure of the link. */
  send(photos: readonly string[]): Promise<CargoOutcome>
  remove(photos: readonly string[]): Promise<void>
}
export type CargoOutcome = { kind: 'done' } | Exclude<Answer, { kind: 'ok' }>
export type ReceiptAnswer = { kind: 'ok'; receipt: Receipt } | Exclude<Answer, { kind: 'ok' }>

export type Crate = { _id: string; _rev?: string; bytes: number; fact: PhotoFact }
type Receipt = { stored: true } | { missing: number[] }
type Progress = Pick<CargoState, 'state' | 'piecesStored'>

type Parts = {
  database: LocalDatabase
  ledger: Pick<Ledger, 'receipts' | 'keepReceipt'>
  ask(path: string, ask?: Ask): Promise<Answer>
  /** Server time, milliseconds since 1970. */
  now(): number
  onWrite(): void
}

/** Of the file itself: sending it again would bring the same answer. */
const finalCodes = ['ZK-FILM-004', 'ZK-FILM-005', 'ZK-FILM-006', 'ZK-FILM-007', 'ZK-FILM-008']
const filmPath = (photo: string) => `/api/film/${encodeURIComponent(photo)}`
const unsent: Progress = { state: 'waiting', piecesStored: 0 }

export function createCargo({ database, ledger, ask, now, onWrite }: Parts): CargoHold {
  const crates = signal<ReadonlyMap<string, Crate>>(new Map())
  const progress = signal<ReadonlyMap<string, Progress>>(new Map())
  const table = createTable<Crate>(
    database,
    (changes) => {
      const next = new Map(crates.value)
      for (const { id, deleted, doc } of changes) {
        if (deleted) next.delete(id)
        else next.set(id, doc)
      }
      crates.value = next
    },
    onWrite,
  )
  const photos = computed(() => {
    const without = [...crates.value].filter(([photo]) => !ledger.receipts.value.has(photo))
    return new Map(without.map(([photo, { bytes }]) => [photo, stateOf(bytes, progress.value.get(photo))]))
  })
  const show = (photo: string, next: Progress) => {
    progress.value = new Map(progress.value).set(photo, next)
  }

  /** The receipt is all the proof there is. */
  const settle = async (photo: string, receipt: Receipt): Promise<void> => {
    if ('stored' in receipt) return ledger.keepReceipt(photo, now())
    const pieces = photos.value.get(photo)?.pieces ?? 0
    show(photo, { state: 'sending', piecesStored: pieces - receipt.missing.length })
  }

  const askReceipt = async (photo: string) => receiptIn(await ask(filmPath(photo)))

  const sendOne = async (photo: string): Promise<CargoOutcome> => {
    const first = await askReceipt(photo)
    if (first.kind !== 'ok') return first
    await settle(photo, first.receipt)
    if ('stored' in first.receipt) return { kind: 'done' }
    const bytes = await database.attachment(photo, 'original')
    if (!bytes) return { kind: 'done' }
    // A piece that arrived broken is listed as missing again; twice broken waits for the next round.
    for (let missing = first.receipt.missing, tries = 0; missing.length > 0 && tries < 2; tries++) {
      for (const n of missing) {
        const piece = new Uint8Array(await pieceOf(bytes, n))
        const answer = receiptIn(await ask(`${filmPath(photo)}/${n}`, { method: 'PUT', bytes: piece }))
        if (answer.kind === 'refused' && answer.code === 'ZK-FILM-002') continue
        if (answer.kind !== 'ok') return answer
        await settle(photo, answer.receipt)
        if ('stored' in answer.receipt) return { kind: 'done' }
        missing = answer.receipt.missing
      }
    }
    return { kind: 'busy', retryAfterMs: null }
  }

  return {
    table,
    crates,
    photos,
    askReceipt,
    original: (photo) => database.attachment(photo, 'original'),
    preview: (photo) => database.attachment(photo, 'preview'),
    async keep(fact, { original, preview }) {
      const _attachments = {
        original: { content_type: original.type || 'application/octet-stream', data: await attachable(original) },
        preview: { content_type: 'image/jpeg', data: await attachable(preview) },
      }
      await table.write([{ _id: fact._id, bytes: original.size, fact, _attachments } as Crate])
    },
    async send(wanted) {
      for (const photo of wanted) {
        const outcome = await sendOne(photo)
        const known = progress.value.get(photo)
        const isRefused = outcome.kind === 'refused' && finalCodes.includes(outcome.code)
        if (known || isRefused) show(photo, { ...(known ?? unsent), state: isRefused ? 'refused' : 'waiting' })
        // A refusal concerns this photo alone, which is kept and offered again; one of the caller concerns all.
        if (outcome.kind === 'refused' && !outcome.code.startsWith('ZK-AUTH')) continue
        if (outcome.kind !== 'done') return outcome
      }
      return { kind: 'done' }
    },
    async remove(unwanted) {
      const known = unwanted.flatMap((photo) => crates.value.get(photo) ?? [])
      if (known.length > 0) await table.write(known.map(({ _id, _rev }) => ({ _id, _rev, _deleted: true })))
    },
  }
}

const stateOf = (bytes: number, progress = unsent): CargoState => ({
  ...progress,
  bytes,
  pieces: Math.ceil(bytes / pieceBytes),
})

function receiptIn(answer: Answer): ReceiptAnswer {
  if (answer.kind !== 'ok') return answer
  const body = answer.body as { stored?: unknown; missing?: unknown } | null
  if (body?.stored === true) return { kind: 'ok', receipt: { stored: true } }
  if (Array.isArray(body?.missing)) return { kind: 'ok', receipt: { missing: body.missing as number[] } }
  return { kind: 'blocked' }
}
