import { type ReadonlySignal, signal } from '@preact/signals'
import type { ParcelAnswer } from '../../../design-docs/parcel.ts'
import { attachable } from '../attachable.ts'
import { coalesce } from '../coalesce.ts'
import { localDatabase } from '../database.ts'
import type { EventData } from '../event-data.ts'
import { createTable } from '../table.ts'
import type { StoreParts } from '../types.ts'
import { handIn } from './hand-in.ts'
import { openParcel } from './open-parcel.ts'
import { carriesUnder, parcelsDatabase } from './parcel-names.ts'

/** A file of another phone that this one carries to the server, or has carried there. */
export type Carried = {
  _id: string
  _rev?: string
  _attachments?: unknown
  device: string
  deviceName: string
  file: number
  files: number
  madeAt: number
  addedAt: number
  facts: number
  photos: number
  bytes: number
  /** `handed-in`: all of it is on the server, and no longer here. `refused`: the server will not have it. */
  state: 'waiting' | 'handed-in' | 'refused'
  code?: string
  counts?: { new: number; known: number; waits: number; refused: number; photosRefused: number }
}
export type Adding = { ok: true; id: string } | { ok: false; reason: 'broken' | 'other-event' | 'own' }

/** Files of other phones, kept in a database of their own until the server has them. */
export type CarriedParcels = {
  all: ReadonlySignal<readonly Carried[]>
  /** Takes a file in; the same twice is once. */
  add(file: Blob): Promise<Adding>
  /** Brings the server what waits; false when it could not be reached. */
  handIn(): Promise<boolean>
  /** Lets go of a file, on the server or not. */
  remove(id: string): Promise<void>
}

const opened = new WeakMap<EventData, Promise<CarriedParcels>>()

/** What this phone carries for others in the event it is signed in to: one for all who ask, screens and rounds. */
export async function carriedParcels(parts: StoreParts): Promise<CarriedParcels | null> {
  const { data } = parts
  if (!data) return null
  const known = opened.get(data) ?? open(parts, data)
  opened.set(data, known)
  return known
}

async function open({ ports, clock, session }: StoreParts, { event }: EventData): Promise<CarriedParcels> {
  const database = localDatabase(ports.openDatabase, parcelsDatabase(event))
  const known = signal<ReadonlyMap<string, Carried>>(new Map())
  const all = signal<readonly Carried[]>([])
  const table = createTable<Carried>(database, (changes) => {
    const next = new Map(known.value)
    for (const { id, deleted, doc } of changes) {
      if (deleted) next.delete(id)
      else next.set(id, doc)
    }
    known.value = next
    all.value = [...next.values()].sort((a, b) => b.addedAt - a.addedAt || (a._id < b._id ? -1 : 1))
  })
  await table.refresh()

  const write = async (doc: Carried & { _deleted?: boolean }) => {
    await table.write([doc])
    const waiting = [...known.value.values()].some(({ state }) => state === 'waiting')
    if (waiting) ports.keyValue.set(carriesUnder, event)
    else ports.keyValue.remove(carriesUnder)
  }

  const handInOne = async (one: Carried): Promise<boolean> => {
    const content = await database.attachment(one._id, 'file')
    const parcel = content && (await openParcel(content))
    if (!parcel) {
      await write({ ...one, state: 'refused', code: 'ZK-FILE-001' })
      return true
    }
    const outcome = await handIn(parcel, { event, ask: session.ask })
    if (outcome.kind === 'ok') {
      const isComplete = outcome.answer.photos.every(({ state }) => state !== 'missing')
      // Written without its attachment: the server has it, and what people recorded is not to lie about twice.
      const { _attachments, ...bare } = one
      if (isComplete) await write({ ...bare, state: 'handed-in', counts: countsOf(outcome.answer) })
      return isComplete
    }
    if (outcome.kind !== 'refused' || outcome.status === 401 || outcome.code === 'ZK-AUTH-004') return false
    await write({ ...one, state: 'refused', code: outcome.code })
    return true
  }

  return {
    all,
    async add(file) {
      const parcel = await openParcel(file)
      if (!parcel) return { ok: false, reason: 'broken' }
      const { header, id, facts } = parcel
      if (header.event !== event) return { ok: false, reason: 'other-event' }
      if (header.device === session.who.value?.device) return { ok: false, reason: 'own' }
      const before = known.value.get(id)
      if (before?.state === 'waiting') return { ok: true, id }
      const { device, deviceName = '', file: number, files, madeAt, parts } = header
      await write({
        _id: id,
        ...(before?._rev ? { _rev: before._rev } : {}),
        device,
        deviceName,
        file: number,
        files,
        madeAt,
        addedAt: clock.stamp().at,
        facts: facts.length,
        photos: parts.length - 1,
        bytes: file.size,
        state: 'waiting',
        _attachments: { file: { content_type: 'application/octet-stream', data: await attachable(file) } },
      })
      return { ok: true, id }
    },
    handIn: coalesce(async () => {
      await table.refresh()
      let reached = true
      for (const one of known.value.values()) {
        if (one.state === 'waiting') reached = (await handInOne(one)) && reached
      }
      return reached
    }),
    async remove(id) {
      const one = known.value.get(id)
      if (one) await write({ ...one, _deleted: true })
    },
  }
}

function countsOf({ rows, photos }: ParcelAnswer): NonNullable<Carried['counts']> {
  const countOf = (state: string) => rows.filter((row) => row.state === state).length
  return {
    new: countOf('new'),
    known: countOf('known'),
    waits: countOf('waits'),
    refused: countOf('refused'),
    photosRefused: photos.filter(({ state }) => state === 'refused').length,
  }
}
