import { openStore, type StoreOptions } from '../../../app/store/open-store.ts'
import type { Draft, PhotoDraft, Stamp, Store } from '../../../app/store/types.ts'
import type { Role } from '../../../design-docs/primitives.ts'
import { anyJpeg as jpeg } from '../../support/any-jpeg.ts'
import { createLink, type Link } from './link.ts'
import { createDevice, type Device, type Tab } from './memory-ports.ts'
import type { TestServer } from './open-server.ts'

const photoDraft = {
  type: 'photo',
  team: '12',
  purpose: 'checkin',
  takenAt: 1,
  width: 3,
  height: 2,
  contentType: 'image/jpeg',
} as const

/** So many bytes that begin as a JPEG does. */
export { jpeg }

/** A phone in somebody's hand: device, link and one open page. */
export type Phone = {
  device: Device
  link: Link
  store: Store
  tab: Tab
  /** Closes the page and opens it anew, as a person or the system does. */
  reload(options?: { version?: string } & StoreOptions): Promise<void>
  checkin(team: string, more?: Partial<Draft<'checkin'>>): Promise<string>
  /** Takes a photo of these bytes; answers its id. */
  photo(bytes: Buffer, options?: { stamp?: Stamp; more?: Partial<PhotoDraft> }): Promise<string>
  stateOf(fact: string): string
  close(): Promise<void>
}

/** Somebody who may search, unless told otherwise: such a phone carries the roster. */
export async function openPhone(
  server: TestServer,
  options: { role?: Exclude<Role, 'server'> | null; teams?: string[]; device?: Device } & StoreOptions = {},
): Promise<Phone> {
  const { role = 'core', teams = [], device = createDevice(), replication = 'manual' } = options
  const link = createLink(() => server.url())
  const tab = device.load(link.fetch)
  const phone: Phone = {
    device,
    link,
    tab,
    store: await openStore(tab.ports, { replication }),
    async reload({ version = '1', replication: next = replication } = {}) {
      await phone.store.close()
      phone.tab = device.load(link.fetch, { version })
      phone.store = await openStore(phone.tab.ports, { replication: next })
    },
    async checkin(team, more = {}) {
      const draft = { type: 'checkin', team, checkpoint: '5', method: 'qr', verified: true, ...more } as const
      return (await phone.store.outbox.append(draft))._id
    },
    async photo(bytes, { stamp, more = {} } = {}) {
      const original = new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })
      const preview = new Blob([new Uint8Array(jpeg(3000))], { type: 'image/jpeg' })
      return (await phone.store.outbox.appendPhoto({ ...photoDraft, ...more }, { original, preview }, stamp))._id
    },
    stateOf: (fact) => phone.store.outbox.states.value.get(fact)?.state ?? 'unknown',
    close: () => phone.store.close(),
  }
  if (role !== null) {
    const signed = await phone.store.session.signIn(await server.invite(role, { teams }), device.name)
    if (!signed.ok) throw new Error(JSON.stringify(signed))
  }
  return phone
}

/** Resolves when the condition holds; the test's own time limit is the only one. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve))
}
