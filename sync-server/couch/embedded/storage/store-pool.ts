import { Refusal } from '../routing/refusal.ts'
import type { LevelOpener } from './level-opener.ts'
import { closeStore, openStore, type Store } from './open-store.ts'

/** One database's files, open or not. */
export type Slot = {
  path: string
  revsLimit: number
  users: number
  /** What goes on inside, upkeep excepted. */
  inside: Set<Promise<unknown>>
  lastUsedMs: number
  store: Promise<Store> | undefined
  closing: Promise<void> | undefined
  /** Set while somebody works on the closed files. */
  alone: Promise<unknown> | undefined
}
/** What upkeep is told so that it stays out of the way. */
export type Others = {
  /** Waits until all who are inside now have left; false when that takes too long. */
  gone(): Promise<boolean>
  /** Somebody waits for the closed files. */
  wantAlone(): boolean
}
export type StorePool = ReturnType<typeof storePool>

/**
 * Opens files on demand and closes what is idle, so that any number of databases costs a bounded number of file
 * handles: at most `maxOpen` are open, and the one unused for longest makes room. Nobody may hold two at a time.
 */
export function storePool(options: { opener: LevelOpener; maxOpen: number; idleMs: number }) {
  const { opener, maxOpen, idleMs } = options
  const open = new Set<Slot>()
  const opening = new Set<Promise<Store>>()
  let reserved = 0
  let stopped = false
  const waiting: (() => void)[] = []
  const drained = new WeakMap<Slot, () => void>()

  async function enter(slot: Slot): Promise<Store> {
    while (slot.alone) await slot.alone
    if (stopped) throw new Refusal(503, 'service_unavailable', 'The server is stopping.')
    slot.users++
    slot.store ??= noted(openSlot(slot))
    const mine = slot.store
    try {
      return await mine
    } catch (error) {
      if (slot.store === mine) slot.store = undefined
      leave(slot)
      throw error
    }
  }

  function noted(turn: Promise<Store>): Promise<Store> {
    const over = () => opening.delete(turn)
    opening.add(turn)
    turn.then(over, over)
    return turn
  }

  async function openSlot(slot: Slot): Promise<Store> {
    await slot.closing
    await reserve()
    try {
      const store = await openStore(slot.path, slot.revsLimit, opener)
      open.add(slot)
      return store
    } catch (error) {
      giveBack()
      throw error
    }
  }

  async function reserve(): Promise<void> {
    while (reserved >= maxOpen) {
      const oldest = leastRecentlyUsed()
      if (oldest) await close(oldest)
      else await new Promise<void>((resolve) => waiting.push(resolve))
    }
    reserved++
  }

  function leastRecentlyUsed(): Slot | undefined {
    let oldest: Slot | undefined
    for (const slot of open) {
      if (slot.users === 0 && (!oldest || slot.lastUsedMs < oldest.lastUsedMs)) oldest = slot
    }
    return oldest
  }

  const wakeNext = () => waiting.shift()?.()
  function giveBack(): void {
    reserved--
    wakeNext()
  }
  function leave(slot: Slot): void {
    slot.users--
    slot.lastUsedMs = performance.now()
    if (slot.users === 0) wakeNext()
  }

  function close(slot: Slot): Promise<void> {
    const { store } = slot
    if (!store) return slot.closing ?? Promise.resolve()
    open.delete(slot)
    slot.store = undefined
    slot.closing = (async () => {
      try {
        const opened = await store
        await opener.durable(slot.path)
        await closeStore(opened, opener)
      } finally {
        giveBack()
      }
    })()
    return slot.closing
  }

  async function holding<T>(slot: Slot, work: (store: Store) => Promise<T>): Promise<T> {
    const store = await enter(slot)
    try {
      return await work(store)
    } finally {
      leave(slot)
      if (slot.users === 0) drained.get(slot)?.()
    }
  }

  /** Runs `work` with the files closed: waits for those inside, lets nobody in until it ends. */
  async function alone<T>(slot: Slot, work: () => Promise<T>): Promise<T> {
    while (slot.alone) await slot.alone
    const turn = (async () => {
      if (slot.users > 0) await new Promise<void>((resolve) => drained.set(slot, resolve))
      drained.delete(slot)
      await close(slot)
      return await work()
    })()
    slot.alone = turn.catch(() => {})
    try {
      return await turn
    } finally {
      slot.alone = undefined
    }
  }

  const sweep = setInterval(
    () => {
      const limit = performance.now() - idleMs
      for (const slot of open) {
        if (slot.users === 0 && slot.lastUsedMs < limit) void close(slot).catch(() => {})
      }
    },
    Math.min(idleMs, 10_000),
  )
  sweep.unref()

  return {
    slot: (path: string, revsLimit: number): Slot => ({
      path,
      revsLimit,
      users: 0,
      inside: new Set(),
      lastUsedMs: 0,
      store: undefined,
      closing: undefined,
      alone: undefined,
    }),
    openCount: () => reserved,
    /** Runs `work` with the files open; they stay open at least until it ends. */
    use<T>(slot: Slot, work: (store: Store) => Promise<T>): Promise<T> {
      return holding(slot, async (store) => {
        const turn = work(store)
        slot.inside.add(turn)
        try {
          return await turn
        } finally {
          slot.inside.delete(turn)
        }
      })
    },
    /** The same for upkeep, which nobody waits for and which must make way. */
    tend<T>(slot: Slot, work: (store: Store, others: Others) => Promise<T>): Promise<T> {
      const others = { gone: () => settled([...slot.inside]), wantAlone: () => slot.alone !== undefined }
      return holding(slot, (store) => work(store, others))
    },
    alone,
    /** Closes everything once those inside have left; nobody gets in any more. */
    async closeAll(): Promise<void> {
      stopped = true
      clearInterval(sweep)
      // What is being opened would stay open for ever: locked, and taken for its own by the next server in this process.
      await Promise.allSettled([...opening])
      await Promise.all([...open].map((slot) => alone(slot, async () => {})))
    },
  }
}

/** A client that sends its request slowly is not waited for any longer. */
const patienceMs = 10_000

async function settled(turns: Promise<unknown>[]): Promise<boolean> {
  if (turns.length === 0) return true
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  const done = Promise.allSettled(turns).then(() => true)
  return await Promise.race([done, late]).finally(() => clearTimeout(timer))
}
