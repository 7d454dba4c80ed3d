import { createHash } from 'node:crypto'
import { openStore } from '../../app/store/open-store.ts'
import type { Ports } from '../../app/store/ports.ts'
import type { Draft, PhotoDraft, Store } from '../../app/store/types.ts'
import type { Fact, FactType } from '../../design-docs/facts.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { createLink, type Link } from '../store/support/link.ts'
import { createDevice, type Device } from '../store/support/memory-ports.ts'
import type { WorldServer } from './actions.ts'
import { previewFilm } from './make-film.ts'
import type { Random } from './random.ts'

/** How a mutant bends a phone: its network, or what it reads from the device. */
export type PhoneBend = {
  ports?(ports: Ports, phone: FuzzPhone): Ports
  fetch?(fetch: Ports['fetch'], phone: FuzzPhone): Ports['fetch']
}
/** A fact that `append` has answered for, with the time at which it was truly made. */
export type Kept = { fact: Fact; trueAt: number; clock: 'sane' | 'tampered' }

export type FuzzPhone = {
  name: string
  role: Exclude<Role, 'server'>
  /** The own team of a participant. */
  teams: readonly string[]
  device: Device
  link: Link
  store: Store
  /** Acknowledged by the store, in order. */
  kept: Kept[]
  accounts: string[]
  /** Originals of the photos taken here, by SHA-256, whatever became of them. */
  film: Map<string, Buffer>
  /** Facts that were put into a file for another phone to carry. */
  packed: Set<string>
  clock: 'sane' | 'tampered'
  signIn(account: string): Promise<void>
  append<T extends FactType>(draft: Draft<T>): Promise<void>
  takePhoto(draft: PhotoDraft, original: Buffer): Promise<void>
  /** Ends the page and opens it again; what was under way is not waited for. */
  reload(): Promise<void>
  close(): Promise<void>
}

type Options = {
  name: string
  role: FuzzPhone['role']
  teams: string[]
  server: WorldServer
  random: Random
  bend: PhoneBend
}

export async function openFuzzPhone({ name, role, teams, server, random, bend }: Options): Promise<FuzzPhone> {
  const device = createDevice(name)
  device.seed(random.fraction)
  device.clock.wallMs = server.clock.now() + random.pick([0, 0, 1_700, -3_600_000, 5_400_000])
  const link = createLink(
    () => 'http://fuzz',
    (url, init) => server.send(url, init),
  )
  let loads = 0

  const load = () => {
    const way = bend.fetch?.(link.fetch, phone) ?? link.fetch
    const { ports } = device.load(way, { version: String(++loads) })
    return openStore(bend.ports?.(ports, phone) ?? ports, { replication: 'manual' })
  }
  const phone: FuzzPhone = {
    name,
    role,
    teams,
    device,
    link,
    store: undefined as unknown as Store,
    kept: [],
    accounts: [],
    film: new Map(),
    packed: new Set(),
    clock: 'sane',
    async signIn(account) {
      const answer = await phone.store.session.signIn(await server.invite(role, { account, teams }), name)
      if (!answer.ok) throw new Error(`${name} could not sign in: ${JSON.stringify(answer)}`)
      if (!phone.accounts.includes(account)) phone.accounts.push(account)
    },
    async append(draft) {
      const trueAt = server.clock.now()
      const { clock } = phone
      const fact = await phone.store.outbox.append(draft)
      phone.kept.push({ fact, trueAt, clock })
    },
    async takePhoto(draft, original) {
      const trueAt = server.clock.now()
      const { clock } = phone
      phone.film.set(createHash('sha256').update(original).digest('hex'), original)
      const blob = (bytes: Buffer) => new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })
      const bytes = { original: blob(original), preview: blob(previewFilm) }
      const fact = await phone.store.outbox.appendPhoto(draft, bytes)
      phone.kept.push({ fact, trueAt, clock })
    },
    async reload() {
      await phone.store.close()
      phone.store = await load()
    },
    close: () => phone.store.close(),
  }
  phone.store = await load()
  return phone
}
