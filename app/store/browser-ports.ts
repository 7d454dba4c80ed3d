import { deviceKey } from '../device/device-key.ts'
import { openIndexedDb } from './indexed-db.ts'
import type { Ports } from './ports.ts'

/**
 * The store's surroundings in a browser. `name` and `version` are the app's, told to the server at sign-in. Everything
 * kept is kept under that name: a browser that holds two apps of one origin is signed in to both, perhaps as two people.
 */
export function browserPorts(app: Ports['app']): Ports {
  const own = (name: string) => `${app.name}:${name}`
  const clockUnder = own('zekken:clock')
  return {
    fetch(path, init) {
      const headers = new Headers(init.headers)
      headers.set('x-zekken-app', app.name)
      return fetch(path, { ...init, headers })
    },
    clock: {
      now: () => Date.now(),
      monotonic: () => performance.now(),
      bootId: crypto.randomUUID(),
      load: () => localStorage.getItem(clockUnder),
      save: (text) => localStorage.setItem(clockUnder, text),
    },
    random: {
      fraction: () => Math.random(),
      bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    },
    keyValue: {
      get: (key) => localStorage.getItem(own(key)),
      set: (key, text) => localStorage.setItem(own(key), text),
      remove: (key) => localStorage.removeItem(own(key)),
    },
    openDatabase: (name) => openIndexedDb(own(name)),
    lock: (name, signal, task) => holdLock(own(name), signal, task),
    channel(name, onMessage) {
      const channel = new BroadcastChannel(own(name))
      channel.onmessage = ({ data }) => onMessage(String(data))
      return { post: (message) => channel.postMessage(message), close: () => channel.close() }
    },
    after(ms, then) {
      const timer = setTimeout(then, ms)
      return () => clearTimeout(timer)
    },
    onWake(then) {
      const whenVisible = () => document.visibilityState === 'visible' && then()
      addEventListener('online', then)
      addEventListener('pageshow', then)
      document.addEventListener('visibilitychange', whenVisible)
      return () => {
        removeEventListener('online', then)
        removeEventListener('pageshow', then)
        document.removeEventListener('visibilitychange', whenVisible)
      }
    },
    storage: {
      persist: async () => (await navigator.storage?.persist?.()) ?? null,
      estimate: async () => {
        const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {}
        return { freeBytes: quota === undefined ? null : quota - (usage ?? 0), quotaBytes: quota ?? null }
      },
    },
    deviceKey,
    app,
    warn: (message, cause) => console.warn(message, cause),
  }
}

/** Without the Web Locks API, which iOS has since 15.4, every tab replicates: twice the traffic, nothing lost. */
async function holdLock(name: string, signal: AbortSignal, task: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return task()
  try {
    await navigator.locks.request(name, { signal }, task)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
