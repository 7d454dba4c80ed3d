import { type ReadonlySignal, signal } from '@preact/signals'
import { createClock } from '../../device/clock.ts'
import { deviceKey } from '../../device/device-key.ts'
import { type Answer, type Ask, createHttp } from '../../store/http.ts'
import type { KeyValue } from '../../store/ports.ts'
import { createSession, type InnerSession } from '../../store/session.ts'
import type { Link } from '../../store/types.ts'
import { namespaced } from './namespaced.ts'
import { readEvents, type StreamEvent } from './read-events.ts'

/** The console's line to the server: one session, every request through it, the live feed included. */
export type Desk = {
  session: InnerSession
  /** Whether the server answered last. */
  link: ReadonlySignal<Link>
  ask(path: string, ask?: Ask): Promise<Answer>
  /** The same for what needs no sign-in. */
  askOpenly(path: string, ask?: Ask): Promise<Answer>
  /** The server's time as far as known. */
  now(): number
  keyValue: KeyValue
  /** Opens the live feed; resolves when it ends. */
  follow(
    path: string,
    options: { lastId: string | null; onEvent(event: StreamEvent): void; signal: AbortSignal },
  ): Promise<Answer>
}

/** Longer than a token lives, which is what ends a feed. */
const feedMs = 20 * 60_000
const clockUnder = 'zekken:clock'

export function openDesk(version: string): Desk {
  const keyValue = namespaced(
    {
      get: (key) => localStorage.getItem(key),
      set: (key, text) => localStorage.setItem(key, text),
      remove: (key) => localStorage.removeItem(key),
    },
    'admin:',
  )
  const clock = createClock({
    now: () => Date.now(),
    monotonic: () => performance.now(),
    bootId: crypto.randomUUID(),
    load: () => keyValue.get(clockUnder),
    save: (text) => keyValue.set(clockUnder, text),
  })
  const link = signal<Link>('unknown')
  let onEvent: (event: StreamEvent) => void = () => {}

  const ports = {
    async fetch(path: string, init: RequestInit): Promise<Response> {
      const headers = new Headers(init.headers)
      headers.set('x-zekken-app', 'admin')
      headers.set('accept-language', document.documentElement.lang)
      // What is given up when a page closes must outlive it.
      const response = await fetch(path, { ...init, headers, keepalive: path.endsWith('/claims') })
      return path.startsWith('/api/live') && response.ok ? told(response, (event) => onEvent(event)) : response
    },
    after(ms: number, then: () => void) {
      const timer = setTimeout(then, ms)
      return () => clearTimeout(timer)
    },
  }
  const http = createHttp(ports, clock, (kind) => {
    if (kind === 'ok' || kind === 'refused') link.value = 'online'
    else if (kind === 'offline') link.value = 'offline'
    else if (kind === 'blocked') link.value = 'blocked'
  })
  const session = createSession({
    ports: {
      keyValue,
      random: { fraction: Math.random, bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
      deviceKey,
      app: { name: 'admin', version },
    },
    http,
    serverNow: () => clock.stamp().at,
    onChange: () => {},
  })
  return {
    session,
    link,
    ask: session.ask,
    askOpenly: http,
    now: () => clock.stamp().at,
    keyValue,
    follow(path, { lastId, onEvent: tell, signal: stop }) {
      onEvent = (event) => {
        link.value = 'online'
        tell(event)
      }
      const headers = lastId === null ? {} : { 'last-event-id': lastId }
      return session.ask(path, { waitMs: feedMs, headers, signal: stop })
    },
  }
}

/** A response whose events are told as they come, and whose body is empty and ends when the feed does. */
function told(response: Response, tell: (event: StreamEvent) => void): Response {
  const events = response.body
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      try {
        if (events) await readEvents(events, tell)
        controller.close()
      } catch (error) {
        controller.error(error)
      }
    },
  })
  return new Response(body, { status: response.status, headers: response.headers })
}
