import { randomBytes } from 'node:crypto'
import memory from 'pouchdb-adapter-memory'
import PouchDB from 'pouchdb-core'
import type { Ports } from '../../../app/store/ports.ts'

PouchDB.plugin(memory)

/** A device that outlives its page loads: databases in memory, key-value, a clock that a test turns. */
export type Device = {
  name: string
  clock: DeviceClock
  keyValue: Map<string, string>
  /** Surroundings of one page load; `close` is how the tab ends without being asked. */
  load(fetch: Ports['fetch'], options?: { version?: string }): Tab
  seed(random: () => number): void
  /** All that lies in its databases and its key-value, closed ones too, as somebody with a cable would read it. */
  dump(): Promise<string>
  warnings: unknown[]
  /** What the browser says of its space. */
  room: { freeBytes: number | null; quotaBytes: number | null }
  /** Has the disk refuse writes, as a full one does; null: it takes them. */
  refuseWrites(refuses: ((database: string, docs: readonly { _deleted?: boolean }[]) => boolean) | null): void
}
export type Tab = { ports: Ports; wake(): void }

/** Time as the device sees it; `advance` moves both clocks, `set` the wall clock alone, as a person in its settings does. */
export type DeviceClock = {
  wallMs: number
  monotonicMs: number
  advance(ms: number): void
  set(wallMs: number): void
  boot(): void
}

let made = 0

export function createDevice(name = `device${++made}`): Device {
  // Databases in memory are shared by name throughout the process: each device has its own.
  const prefix = `${name}-${randomBytes(6).toString('hex')}-`
  const warnings: unknown[] = []
  const keyValue = new Map<string, string>()
  const locks = new Map<string, Promise<unknown>>()
  const listeners = new Set<{ name: string; hear(message: string): void }>()
  let random = Math.random
  let boots = 0
  let refuses: Parameters<Device['refuseWrites']>[0] = null
  let keys: Promise<CryptoKeyPair> | null = null
  const bytes = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256))

  const room: Device['room'] = { freeBytes: 1e9, quotaBytes: 2e9 }
  const clock: DeviceClock = {
    wallMs: Date.now(),
    monotonicMs: 0,
    advance(ms) {
      clock.wallMs += ms
      clock.monotonicMs += ms
    },
    set(wallMs) {
      clock.wallMs = wallMs
    },
    boot() {
      boots += 1
      clock.monotonicMs = 0
    },
  }

  /** Tabs share a database; the memory adapter would close it for all of them with the first. */
  const opened = new Map<string, { database: PouchDB.Database; users: number }>()
  const names = new Set<string>()
  const share = (name: string): PouchDB.Database => {
    const one = opened.get(name) ?? {
      database: new PouchDB(name, { adapter: 'memory', auto_compaction: true, revs_limit: 20 }),
      users: 0,
    }
    opened.set(name, one)
    one.users += 1
    let closed = false
    return Object.assign(Object.create(one.database) as PouchDB.Database, {
      async bulkDocs(docs: PouchDB.Core.PutDocument<object>[]) {
        if (refuses?.(name, docs as { _deleted?: boolean }[])) throw new Error('QuotaExceededError')
        return one.database.bulkDocs(docs)
      },
      async close() {
        if (closed) return
        closed = true
        one.users -= 1
        if (one.users > 0 || opened.get(name) !== one) return
        opened.delete(name)
        await one.database.close()
      },
      async destroy() {
        opened.delete(name)
        await one.database.destroy()
      },
    })
  }

  const load: Device['load'] = (fetch, { version = '1' } = {}) => {
    clock.boot()
    const wakers = new Set<() => void>()
    const ports: Ports = {
      fetch,
      clock: {
        now: () => clock.wallMs,
        monotonic: () => clock.monotonicMs,
        bootId: `${name}-${boots}`,
        load: () => keyValue.get('clock') ?? null,
        save: (text) => keyValue.set('clock', text),
      },
      random: { fraction: () => random(), bytes },
      keyValue: {
        get: (key) => keyValue.get(key) ?? null,
        set: (key, text) => keyValue.set(key, text),
        remove: (key) => keyValue.delete(key),
      },
      openDatabase(database) {
        names.add(prefix + database)
        return share(prefix + database)
      },
      async lock(lock, signal, task) {
        const before = locks.get(lock) ?? Promise.resolve()
        let holds = false
        const given = before.then(async () => {
          holds = !signal.aborted
          if (holds) await task()
        })
        locks.set(
          lock,
          given.catch(() => undefined),
        )
        // Who is told to stop gives up waiting at once; who holds the lock ends the task first.
        const gaveUp = new Promise<void>((resolve) => signal.addEventListener('abort', () => !holds && resolve()))
        await Promise.race([given, gaveUp])
      },
      channel(channel, onMessage) {
        const listener = { name: channel, hear: onMessage }
        listeners.add(listener)
        return {
          post(message) {
            for (const other of listeners) {
              if (other !== listener && other.name === channel)
                queueMicrotask(() => listeners.has(other) && other.hear(message))
            }
          },
          close: () => listeners.delete(listener),
        }
      },
      after(ms, then) {
        const timer = setTimeout(then, ms)
        timer.unref()
        return () => clearTimeout(timer)
      },
      onWake(then) {
        wakers.add(then)
        return () => wakers.delete(then)
      },
      storage: { persist: async () => true, estimate: async () => ({ ...room }) },
      async deviceKey() {
        keys ??= crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
        const { publicKey, privateKey } = await keys
        const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
        return {
          publicKey: await crypto.subtle.exportKey('jwk', publicKey),
          sign: async (content) => new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, content)),
        }
      },
      app: { name: 'staff', version },
      warn: (message, cause) => warnings.push([message, cause]),
    }
    return {
      ports,
      wake: () => {
        for (const waker of wakers) waker()
      },
    }
  }

  return {
    name,
    clock,
    keyValue,
    warnings,
    room,
    load,
    async dump() {
      const found = [JSON.stringify([...keyValue])]
      for (const name of names) {
        const database = new PouchDB(name, { adapter: 'memory' })
        const { rows } = await database.allDocs({ include_docs: true, conflicts: true })
        found.push(JSON.stringify(rows))
        if (!opened.has(name)) await database.close()
      }
      return found.join('\n')
    },
    seed: (next) => {
      random = next
    },
    refuseWrites: (next) => {
      refuses = next
    },
  }
}
