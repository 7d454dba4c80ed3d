import { type ReadonlySignal, signal } from '@preact/signals'
import { attachable } from './attachable.ts'
import type { LocalDatabase } from './database.ts'
import type { Answer, Ask } from './http.ts'
import { pieceBytes, pieceOf } from './pieces.ts'
import { createTable, type Table } from './table.ts'
import type { CargoState } from './types.ts'

/** Originals of photos, each kept until the server's receipt for all of its bytes. */
export type CargoHold = {
  table: Table
  photos: ReadonlySignal<ReadonlyMap<string, CargoState>>
  keep(photo: string, original: Blob): Promise<void>
  original(photo: string): Promise<Blob | null>
  /** Sends what these photos lack on the server, in order; stops at the first failure of the link. */
  send(photos: readonly string[]): Promise<CargoOutcome>
}
export type CargoOutcome = { kind: 'done' } | Exclude<Answer, { kind: 'ok' }>

type Crate = { _id: string; _rev?: string; bytes: number }
type Receipt = { stored: true } | { missing: number[] }

type Parts = {
  database: LocalDatabase
  ask(path: string, ask?: Ask): Promise<Answer>
  onWrite(): void
}

export function createCargo({ database, ask, onWrite }: Parts): CargoHold {
  const photos = signal<ReadonlyMap<string, CargoState>>(new Map())
  const revisions = new Map<string, string>()
  const update = (photo: string, state: CargoState | null) => {
    const next = new Map(photos.value)
    if (state) next.set(photo, state)
    else next.delete(photo)
    photos.value = next
  }

  const table = createTable<Crate>(
    database,
    (changes) => {
      for (const { id, rev, deleted, doc } of changes) {
        revisions.set(id, rev)
        const pieces = Math.ceil(doc.bytes / pieceBytes)
        update(
          id,
          deleted ? null : (photos.value.get(id) ?? { state: 'waiting', bytes: doc.bytes, pieces, piecesStored: 0 }),
        )
      }
    },
    onWrite,
  )

  const original = (photo: string) => database.attachment(photo, 'original')

  /** The receipt is all the proof there is: without it not a byte is removed. */
  const settle = async (photo: string, receipt: Receipt, sending: boolean): Promise<void> => {
    if ('stored' in receipt) {
      await table.write([{ _id: photo, _rev: revisions.get(photo), _deleted: true }])
      return
    }
    const known = photos.value.get(photo)
    if (known)
      update(photo, {
        ...known,
        state: sending ? 'sending' : 'waiting',
        piecesStored: known.pieces - receipt.missing.length,
      })
  }

  const sendOne = async (photo: string): Promise<CargoOutcome> => {
    const path = `/api/film/${encodeURIComponent(photo)}`
    const first = receiptIn(await ask(path))
    if (first.kind !== 'ok') return first
    await settle(photo, first.receipt, true)
    if ('stored' in first.receipt) return { kind: 'done' }
    const bytes = await original(photo)
    if (!bytes) return { kind: 'done' }
    // A piece that arrived broken is listed as missing again; twice broken waits for the next round.
    for (let missing = first.receipt.missing, tries = 0; missing.length > 0 && tries < 2; tries++) {
      for (const n of missing) {
        const piece = new Uint8Array(await pieceOf(bytes, n))
        const answer = receiptIn(await ask(`${path}/${n}`, { method: 'PUT', bytes: piece }))
        if (answer.kind === 'refused' && answer.code === 'ZK-FILM-002') continue
        if (answer.kind !== 'ok') return answer
        await settle(photo, answer.receipt, true)
        if ('stored' in answer.receipt) return { kind: 'done' }
        missing = answer.receipt.missing
      }
    }
    return { kind: 'busy', retryAfterMs: null }
  }

  return {
    table,
    photos,
    original,
    async keep(photo, blob) {
      await table.write([
        {
          _id: photo,
          bytes: blob.size,
          _attachments: {
            original: { content_type: blob.type || 'application/octet-stream', data: await attachable(blob) },
          },
        } as Crate,
      ])
    },
    async send(wanted) {
      for (const photo of wanted) {
        const outcome = await sendOne(photo)
        const known = photos.value.get(photo)
        if (known) update(photo, { ...known, state: 'waiting' })
        // A refusal concerns this photo alone, which is kept and offered again; one of the caller concerns all.
        if (outcome.kind === 'refused' && !outcome.code.startsWith('ZK-AUTH')) continue
        if (outcome.kind !== 'done') return outcome
      }
      return { kind: 'done' }
    },
  }
}

function receiptIn(answer: Answer): { kind: 'ok'; receipt: Receipt } | Exclude<Answer, { kind: 'ok' }> {
  if (answer.kind !== 'ok') return answer
  const body = answer.body as { stored?: unknown; missing?: unknown } | null
  if (body?.stored === true) return { kind: 'ok', receipt: { stored: true } }
  if (Array.isArray(body?.missing)) return { kind: 'ok', receipt: { missing: body.missing as number[] } }
  return { kind: 'blocked' }
}
