import { computed, effect, signal } from '@preact/signals'
import { type Menu, mayOpen } from '../../design-docs/menus.ts'
import { createClock } from '../device/clock.ts'
import { createEarlierEvents } from './earlier-events.ts'
import { type EventData, openEventData } from './event-data.ts'
import { followMenus } from './follow-menus.ts'
import { createHttp } from './http.ts'
import { createLive } from './live.ts'
import { createNotices, followNotices } from './notices.ts'
import { carriesUnder } from './parcels/parcel-names.ts'
import { measure } from './pieces.ts'
import type { Ports } from './ports.ts'
import { createReport } from './report.ts'
import { createRounds } from './rounds.ts'
import { followServerKeys, keepServerKeys } from './server-keys.ts'
import { createSession } from './session.ts'
import { askStorage, createStatus } from './status.ts'
import { storeMirrors } from './store-mirrors.ts'
import { turns } from './turns.ts'
import type { Outbox, SignIn, Store } from './types.ts'

const eventUnder = 'zekken:event'
const noMap = new Map<string, never>()

/** `manual`: nothing is sent or fetched but by `sync()`; the fuzz steers its phones so. */
export type StoreOptions = { replication?: 'live' | 'manual' }

/** Opens the phone's data; ready at once from what is stored here, with or without a network or a session. */
export async function openStore(ports: Ports, { replication = 'live' }: StoreOptions = {}): Promise<Store> {
  const clock = createClock(ports.clock)
  const data = signal<EventData | null>(null)
  const status = createStatus(data, ports.keyValue)
  const closing = new AbortController()
  const inTurn = turns()

  const channel = ports.channel('zekken', (message) => {
    const [word, rest = ''] = split(message)
    if (word === 'written') refresh()
    else if (word === 'session') session.reread()
    else if (word === 'contact') status.setContact(rest)
    else if (word === 'read') notices.reread()
    else if (word === 'sync' && status.tab.value === 'leads') live.wake('link')
  })
  const onWrite = () => channel.post('written')
  /** Another tab wrote, or the system closed the databases while the page slept. */
  const refresh = () => {
    data.value?.refresh().catch((error) => ports.warn('what another tab wrote could not be read', error))
  }

  const http = createHttp(ports, clock, (kind) => {
    status.heard(kind, clock.now())
    status.setClock(clock.state())
  })
  const session = createSession({
    ports,
    http,
    serverNow: () => clock.stamp().at,
    onChange: () => channel.post('session'),
    onToken: (token) => void followServerKeys(http, ports.keyValue, token),
  })

  const openEvent = (event: string) => {
    const now = { who: () => session.who.value, opens: (menu: Menu) => mayOpen(session.menus.value, menu) }
    return openEventData({ event, ports, clock, ask: session.ask, ...now, onWrite })
  }
  const earlier = createEarlierEvents({
    http,
    keyValue: ports.keyValue,
    destroy: async (event) => (await openEvent(event)).destroy(),
  })

  /** Opens the databases of the event of whoever is signed in; those of the last event stay open after a sign-out. */
  const attach = (event: string) =>
    inTurn(async () => {
      if (closing.signal.aborted) return
      const before = data.value
      if (before?.event !== event) {
        if (before) earlier.changed(before.event, event)
        data.value = await openEvent(event)
        ports.keyValue.set(eventUnder, event)
        await before?.close()
      }
      const who = session.who.value
      if (who?.event === event) await data.value?.letGo(who)
    })

  const remove = async (order: string): Promise<boolean> => {
    const event = data.value
    const device = session.who.value?.device ?? ''
    if (!event) return false
    // Few phones ever need it; one that cannot get it now is given the order again.
    const removal = await import('./removal.ts').catch(() => null)
    if (!removal) return false
    const isOver = await removal.isForgetOrder(order, { event: event.event, device }, ports.keyValue)
    if (!isOver) {
      if (!(await removal.isRemovalOrder(order, device, ports.keyValue))) return false
      if (!(await removal.handOver(http, order, event))) return false
    }
    data.value = null
    await event.destroy()
    ports.keyValue.remove(eventUnder)
    session.setRemoved(isOver ? 'over' : 'removed')
    return true
  }

  const notices = createNotices({
    data,
    who: session.who,
    keyValue: ports.keyValue,
    onRead: () => channel.post('read'),
  })
  const report = createReport({
    ask: session.ask,
    status,
    clock,
    version: ports.app.version,
    notices: notices.aboard,
    onMenus: session.setMenus,
  })
  const rounds = createRounds({
    monotonic: clock.monotonic,
    session,
    data: () => data.value,
    async report() {
      await report()
      await earlier.look()
    },
    remove,
    warn: ports.warn,
  })
  const live = createLive({ ports, rounds, monotonic: clock.monotonic })
  const stopTelling = effect(() => {
    status.setBusy(rounds.busy.value)
    const contact = status.contact()
    if (status.tab.peek() === 'leads') channel.post(`contact ${contact}`)
  })

  const stopTellingOfNotices =
    replication === 'manual' ? () => {} : followNotices(notices, ports, () => live.wake('facts'))

  const stopFollowingMenus = followMenus({ data, who: session.who, setMenus: session.setMenus })

  const last = session.who.value?.event ?? ports.keyValue.get(eventUnder)
  if (last) await attach(last)
  const wanted = () =>
    `${session.who.value?.event} ${mayOpen(session.menus.value, 'search')} ${mayOpen(session.menus.value, 'attendance')}`
  let attached = wanted()
  const stopFollowing = effect(() => {
    const event = session.who.value?.event
    if (wanted() === attached) return
    attached = wanted()
    const failed = (error: unknown) => ports.warn('the mirrors could not be changed', error)
    if (event) void attach(event).then(() => live.wake('link'), failed)
  })

  const stopWaking = ports.onWake(() => {
    refresh()
    status.setClock(clock.state())
    live.wake('link')
  })
  const leading =
    replication === 'manual'
      ? Promise.resolve(status.setTab('leads'))
      : ports.lock('zekken-replication', closing.signal, async () => {
          status.setTab('leads')
          await live.run(closing.signal)
        })
  void askStorage(ports.storage).then(status.setStorage)

  const event = (): EventData => {
    if (!data.value) throw new Error('no one has signed in on this device')
    return data.value
  }
  const appended = <T>(fact: T): T => {
    if (status.tab.value === 'leads') live.wake('facts')
    else channel.post('sync')
    return fact
  }

  /** Where there is no room, originals that the server has already make some. */
  const withRoom = async (write: () => Promise<void>): Promise<void> => {
    const { keptOriginals } = event()
    try {
      await write()
    } catch (error) {
      if (!(await keptOriginals.letGoOfAll())) throw error
      await write()
    }
  }

  const outbox: Outbox = {
    facts: computed(() => data.value?.outbox.facts.value ?? noMap),
    states: status.states,
    stamp: clock.stamp,
    async append(draft, stamp) {
      const { outbox } = event()
      const fact = outbox.compose(draft, stamp)
      await withRoom(() => outbox.write(fact))
      return appended(fact)
    },
    async appendPhoto(draft, bytes, stamp = clock.stamp()) {
      const { outbox, cargo } = event()
      const fact = outbox.compose<'photo'>({ ...draft, ...(await measure(bytes.original)) }, stamp)
      // The bytes first, and the fact with them: one without the other would be waited for in vain.
      await withRoom(() => cargo.keep(fact, bytes))
      await withRoom(() => outbox.write(fact, bytes.preview))
      void askStorage(ports.storage).then(status.setStorage)
      return appended(fact)
    },
    async tryAgain() {
      const refused = status.refused.value.map(({ fact }) => fact._id)
      await event().ledger.settle(new Map(refused.map((id) => [id, { state: 'unsent' }])))
      appended(null)
    },
    preview: (photo) => event().outbox.preview(photo),
  }

  const entered = async (answer: SignIn): Promise<SignIn> => {
    if (!answer.ok) return answer
    await attach(answer.who.event)
    await keepServerKeys(http, ports.keyValue)
    await outbox.tryAgain()
    return answer
  }

  return {
    session: {
      ...session,
      signIn: async (token, deviceName) => entered(await session.signIn(token, deviceName)),
      prove: async (proof, deviceName) => entered(await session.prove(proof, deviceName)),
    },
    status,
    mirrors: storeMirrors(data),
    notices,
    openers: {
      keys: computed(() => data.value?.ledger.openers.keys.value ?? noMap),
      keep: (id, key) => event().ledger.openers.keep(id, key),
    },
    outbox,
    cargo: {
      photos: computed(() => data.value?.cargo.photos.value ?? noMap),
      original: async (photo) => (await data.value?.cargo.original(photo)) ?? null,
    },
    async sync() {
      if (status.tab.value === 'leads') {
        const outcome = await rounds.whole()
        if (rounds.hasNew()) live.wake('link')
        return outcome
      }
      channel.post('sync')
      return 'follows'
    },
    async forget({ insist }) {
      if (!insist) {
        await rounds.whole()
        if (!status.safeToClose.value || ports.keyValue.get(carriesUnder)) return 'unsent'
      }
      const event = data.value
      await session.leave()
      // Signed out, a round ends at once; one that still ran has ended by then, and writes to nothing that is gone.
      await rounds.whole()
      data.value = null
      await event?.destroy()
      ports.keyValue.remove(eventUnder)
      session.setForgotten()
      return 'forgotten'
    },
    parts: () => ({ data: data.value, ports, clock, session }),
    async close() {
      closing.abort()
      stopTelling()
      stopTellingOfNotices()
      stopFollowing()
      stopFollowingMenus()
      stopWaking()
      channel.close()
      await leading.catch(() => undefined)
      await inTurn(async () => data.value?.close())
    },
  }
}

function split(message: string): [string, string?] {
  const space = message.indexOf(' ')
  return space < 0 ? [message] : [message.slice(0, space), message.slice(space + 1)]
}
