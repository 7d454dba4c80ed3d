import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Fact } from '../../design-docs/facts.ts'
import type { ClockState } from '../device/clock.ts'
import type { EventData } from './event-data.ts'
import type { Answer } from './http.ts'
import type { KeyValue } from './ports.ts'
import type { CargoState, FactState, Link, RefusedFact, Status, StorageState } from './types.ts'

/** Status with the doors through which the store keeps it true. */
export type InnerStatus = Status & {
  states: ReadonlySignal<ReadonlyMap<string, FactState>>
  heard(kind: Answer['kind'], deviceNow: number): void
  setTab(tab: 'leads' | 'follows'): void
  setBusy(busy: boolean): void
  setStorage(state: StorageState): void
  setClock(state: ClockState): void
  /** What the leading tab tells the others, and how they take it. */
  contact(): string
  setContact(text: string): void
}

const unsentState: FactState = { state: 'unsent' }
const noFacts: ReadonlyMap<string, Fact> = new Map()
const noCargo: ReadonlyMap<string, CargoState> = new Map()
const noStates: ReadonlyMap<string, FactState> = new Map()
const roomWanted = 100 * 1024 * 1024
const contactUnder = 'zekken:contact'

export function createStatus(data: ReadonlySignal<EventData | null>, keyValue: KeyValue): InnerStatus {
  const link = signal<Link>('unknown')
  const busy = signal(false)
  // Kept, so that a start without a network can say how old its copy is.
  const lastContactAt = signal<number | null>(Number(keyValue.get(contactUnder)) || null)
  const tab = signal<'leads' | 'follows'>('follows')
  const storage = signal<StorageState>({ persisted: null, room: 'unknown', freeBytes: null })
  const clock = signal<ClockState>('unmeasured')

  const facts = computed(() => data.value?.outbox.facts.value ?? noFacts)
  const states = computed<ReadonlyMap<string, FactState>>(() => {
    const known = data.value?.ledger.states.value ?? noStates
    return new Map([...facts.value.keys()].map((id) => [id, known.get(id) ?? unsentState]))
  })
  const open = computed(() =>
    [...facts.value.values()].filter(({ _id }) => states.value.get(_id)?.state !== 'confirmed'),
  )
  const cargo = computed(() =>
    [...(data.value?.cargo.photos.value ?? noCargo).values()].filter(({ state }) => state !== 'refused'),
  )

  return {
    states,
    link,
    busy,
    lastContactAt,
    tab,
    storage,
    clock,
    unsent: computed(() => open.value.length),
    oldestUnsentAt: computed(() => (open.value.length === 0 ? null : Math.min(...open.value.map(({ at }) => at)))),
    refused: computed(() =>
      open.value.flatMap((fact): RefusedFact[] => {
        const state = states.value.get(fact._id)
        return state?.state === 'refused' ? [{ fact, code: state.code, message: state.message }] : []
      }),
    ),
    photosUnsent: computed(() => ({
      count: cargo.value.length,
      bytes: cargo.value.reduce((sum, { bytes }) => sum + bytes, 0),
    })),
    safeToClose: computed(() => open.value.length === 0 && cargo.value.length === 0),
    heard(kind, deviceNow) {
      if (kind === 'ok' || kind === 'refused') {
        link.value = 'online'
        lastContactAt.value = deviceNow
        keyValue.set(contactUnder, String(deviceNow))
      } else if (kind !== 'busy') link.value = kind
    },
    setTab: (next) => {
      tab.value = next
    },
    setBusy: (next) => {
      busy.value = next
    },
    setStorage: (next) => {
      storage.value = next
    },
    setClock: (next) => {
      clock.value = next
    },
    contact: () => JSON.stringify({ link: link.value, busy: busy.value, lastContactAt: lastContactAt.value }),
    setContact(text) {
      const told = JSON.parse(text) as { link: Link; busy: boolean; lastContactAt: number | null }
      link.value = told.link
      busy.value = told.busy
      lastContactAt.value = told.lastContactAt
    },
  }
}

/** What the browser says of its space; low when fewer than a hundred photos would fit. */
export async function askStorage(storage: {
  persist(): Promise<boolean | null>
  estimate(): Promise<{ freeBytes: number | null }>
}): Promise<StorageState> {
  const [persisted, { freeBytes }] = await Promise.all([storage.persist(), storage.estimate()])
  return { persisted, freeBytes, room: freeBytes === null ? 'unknown' : freeBytes < roomWanted ? 'low' : 'enough' }
}
