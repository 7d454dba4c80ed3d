import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { OfferDoc } from '../../design-docs/derived.ts'
import type { FactOf } from '../../design-docs/facts.ts'
import { offerId, portraitId, recolouredId } from '../../design-docs/ids.ts'
import { fetchPicture } from '../pictures/fetch-picture.ts'
import { attachable } from './attachable.ts'
import { localDatabase } from './database.ts'
import type { EventData } from './event-data.ts'
import { askedDatabase } from './parcels/parcel-names.ts'
import { createTable } from './table.ts'
import type { Store } from './types.ts'

/** `asked`: on its way, however long that takes without a signal. `absent`: the server has no such picture yet. */
export type AskedPicture = { fact: FactOf<'ask'>; state: 'asked' | 'absent' | 'here'; until: number | null }
/** `of` says which painting it is. */
type Kept = { _id: string; _rev?: string; until: number; of: string | null; _attachments?: unknown }

/** Pictures that were asked for where there was no signal; each comes once the phone is back, and stays for its time. */
export type AskedPictures = {
  /** By photo and variant, `<photo> <variant>`; what was taken back or is over is not there. */
  all: ReadonlySignal<ReadonlyMap<string, AskedPicture>>
  ask(wanted: Pick<FactOf<'ask'>, 'team' | 'photo' | 'variant'>): Promise<void>
  cancel(asked: AskedPicture): Promise<void>
  /** The picture that has come, or null. */
  bytes(asked: AskedPicture): Promise<Blob | null>
}

export const askedKey = (photo: string, variant: string) => `${photo} ${variant}`

/** What nobody has offered for so long is over, once the server knows of it. */
const askedForMs = 24 * 3_600_000
const retryMs = 15_000

const opened = new WeakMap<EventData, Promise<AskedPictures>>()

/** One for the page: it goes on fetching what comes, whichever screen is shown. */
export async function askedPictures(store: Store): Promise<AskedPictures | null> {
  const { data } = store.parts()
  if (!data) return null
  const known = opened.get(data) ?? open(store, data)
  opened.set(data, known)
  return known
}

type Standing = { fact: FactOf<'ask'>; offer: OfferDoc | undefined; of: string | null }

async function open(store: Store, { event }: EventData): Promise<AskedPictures> {
  const { ports, clock, session } = store.parts()
  const now = () => clock.stamp().at
  const database = localDatabase(ports.openDatabase, askedDatabase(event))
  const kept = signal<ReadonlyMap<string, Kept>>(new Map())
  const table = createTable<Kept>(database, (changes) => {
    const next = new Map(kept.value)
    for (const { id, deleted, doc } of changes) {
      if (deleted) next.delete(id)
      else next.set(id, doc)
    }
    kept.value = next
  })
  await table.refresh()

  const standing = computed(() => {
    const facts = [...store.outbox.facts.value.values()]
    const voided = new Set(facts.flatMap((fact) => (fact.type === 'void' ? [fact.fact] : [])))
    return facts.flatMap((fact): Standing[] => {
      if (fact.type !== 'ask' || fact.event !== event || voided.has(fact._id)) return []
      const docs = store.mirrors.team(fact.team).docs.value
      const offer = docs.get(offerId(fact._id)) as unknown as OfferDoc | undefined
      const made = { painted: portraitId(fact.team), recoloured: recolouredId(fact.photo) }
      const id = made[fact.variant as keyof typeof made]
      const doc = (id && docs.get(id)) as { mark?: string } | undefined
      return [{ fact, offer, of: doc?.mark ?? null }]
    })
  })
  const all = computed(() => {
    const found = new Map<string, AskedPicture>()
    for (const { fact, offer } of standing.value) {
      const own = kept.value.get(fact._id)
      const isUnsent = store.outbox.states.value.get(fact._id)?.state !== 'confirmed'
      if (own ? own.until <= now() : !offer && !isUnsent && fact.at + askedForMs <= now()) continue
      const state = own ? 'here' : offer?.state === 'absent' ? 'absent' : 'asked'
      const until = own?.until ?? offer?.until ?? null
      found.set(askedKey(fact.photo, fact.variant), { fact, state, until })
    }
    return found
  })

  const fetching = new Set<string>()
  const tries = signal(0)
  const take = async ({ fact, offer, of }: Standing) => {
    if (!offer || fetching.has(fact._id)) return
    fetching.add(fact._id)
    const { _id: ask, photo, variant } = fact
    const bytes = await fetchPicture(session.ask, { photo, variant, ask }, (url) => ports.fetch(url, {}))
    fetching.delete(ask)
    if (!bytes) return void ports.after(retryMs, () => tries.value++)
    const _attachments = { bytes: { content_type: bytes.type, data: await attachable(bytes) } }
    const { _rev } = kept.value.get(ask) ?? {}
    const doc: Kept = { _id: ask, ...(_rev && { _rev }), until: offer.until, of, _attachments }
    await table.write([doc])
  }
  const failed = (error: unknown) => ports.warn('a picture that was asked for could not be kept', error)
  effect(() => {
    tries.value
    const wanted = new Set(standing.value.map(({ fact }) => fact._id))
    const over = [...kept.value.values()].filter(({ _id, until }) => until <= now() || !wanted.has(_id))
    if (over.length > 0) table.write(over.map(({ _id, _rev }) => ({ _id, _rev, _deleted: true }))).catch(failed)
    if (store.status.link.value !== 'online') return
    for (const one of standing.value) {
      const isOpen = one.offer?.state === 'open' && one.offer.until > now()
      const own = kept.value.get(one.fact._id)
      // A picture that was painted anew meanwhile is fetched again: the offer leads to the newest.
      if (isOpen && (!own || own.of !== one.of)) take(one).catch(failed)
    }
  })

  const cancel: AskedPictures['cancel'] = async ({ fact: { _id: fact, team } }) => {
    await store.outbox.append({ type: 'void', team, fact, reason: 'no longer wanted' })
  }
  return {
    all,
    async ask(wanted) {
      await store.outbox.append({ type: 'ask', ...wanted })
    },
    cancel,
    bytes: ({ fact }) => database.attachment(fact._id, 'bytes'),
  }
}
