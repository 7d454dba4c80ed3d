import type { ClockSource } from '../device/clock.ts'
import type { DeviceKey } from '../device/device-key.ts'
import type { OpenDatabase } from './database.ts'

/** What survives a reload and is read at once; `localStorage` in a browser. */
export type KeyValue = {
  get(key: string): string | null
  set(key: string, text: string): void
  remove(key: string): void
}

/** Everything the store takes from its surroundings, so that a test needs no browser. */
export type Ports = {
  /** Resolves relative paths against the origin of the page. */
  fetch(path: string, init: RequestInit): Promise<Response>
  clock: ClockSource
  random: {
    /** 0 ≤ x < 1, for jitter. */
    fraction(): number
    bytes(count: number): Uint8Array
  }
  keyValue: KeyValue
  openDatabase: OpenDatabase
  /** Calls `task` when no other tab holds the name; gives up waiting when the signal says so. */
  lock(name: string, signal: AbortSignal, task: () => Promise<void>): Promise<void>
  /** Talks to the other tabs of this device, never to itself. */
  channel(name: string, onMessage: (message: string) => void): { post(message: string): void; close(): void }
  /** Calls `then` later; the answer cancels it. */
  after(ms: number, then: () => void): () => void
  /** Called when the page is shown again, is back online, or is asked to look; the answer ends it. */
  onWake(then: () => void): () => void
  storage: {
    persist(): Promise<boolean | null>
    /** Null where the browser does not tell. */
    estimate(): Promise<{ freeBytes: number | null; quotaBytes: number | null }>
  }
  deviceKey(): Promise<DeviceKey>
  app: { name: string; version: string }
  /** Something went wrong that nobody waits for. */
  warn(message: string, cause: unknown): void
}
