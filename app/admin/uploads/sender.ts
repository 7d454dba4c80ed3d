import { computed, signal } from '@preact/signals'
import type { Answer } from '../../store/http.ts'
import { sha256 } from '../../store/pieces.ts'
import type { Desk } from '../desk/desk.ts'
import type { PathedFile } from './dropped-files.ts'

type State = 'queued' | 'sending' | 'sent' | 'failed'
/** `n` is its own: two cameras give their files the same names. */
export type SendItem = PathedFile & { n: number; state: State; code?: string }
export type Sender = ReturnType<typeof openSender>

const limitBytes = 10_485_760
const lanes = 3
const pauseMs = 3000

/** By which a file that is chosen once more is known again, before it is read. */
const sameFile = ({ path, file }: PathedFile) => `${file.size} ${file.lastModified} ${path}`

/**
 * Sends files into a batch, three at a time, each under the hash of its content: what is there already is not sent
 * again, a lost link is waited out, and nothing is there twice whatever is tried again.
 */
export function openSender({
  desk,
  root,
  known,
}: {
  desk: Pick<Desk, 'ask'>
  root: string
  known(): ReadonlySet<string>
}) {
  const items = signal<readonly SendItem[]>([])
  const paused = signal(false)
  const offline = signal(false)
  let running = 0
  let added = 0

  const counted = (state: State) => computed(() => items.value.filter((item) => item.state === state).length)
  const change = ({ n }: SendItem, to: Partial<SendItem>) => {
    items.value = items.value.map((item) => (item.n === n ? { ...item, ...to } : item))
  }

  function pump(): void {
    while (running < lanes && !paused.value) {
      const next = items.value.find(({ state }) => state === 'queued')
      if (!next) return
      running++
      change(next, { state: 'sending' })
      void send(next).finally(() => {
        running--
        pump()
      })
    }
  }

  async function send(item: SendItem): Promise<void> {
    const { path, file } = item
    const isTooLarge = file.size > limitBytes
    let bytes: Uint8Array<ArrayBuffer>
    let hash: string
    try {
      // What is too large is not even read: its name and size stand for it.
      const content = isTooLarge
        ? new TextEncoder().encode(`${path} ${file.size} ${file.lastModified}`).buffer
        : await file.arrayBuffer()
      hash = await sha256(content)
      bytes = isTooLarge || known().has(hash) ? new Uint8Array() : new Uint8Array(content)
    } catch {
      // The browser may no longer read it, e.g. after the card was pulled out.
      return change(item, { state: 'failed', code: 'file' })
    }
    const query = new URLSearchParams({ path, bytes: String(file.size) })
    const answer = await desk.ask(`${root}/files/${hash}?${query}`, { method: 'PUT', bytes })
    if (answer.kind === 'ok') {
      offline.value = false
      return change(item, { state: 'sent' })
    }
    if (answer.kind === 'refused') return change(item, { state: 'failed', code: answer.code })
    await waitOut(item, answer)
  }

  async function waitOut(item: SendItem, { kind }: Answer): Promise<void> {
    offline.value = kind !== 'busy'
    // A browser says `online` where there is any network, so that only asking again tells whether the server is there.
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    change(item, { state: 'queued' })
  }

  return {
    items,
    paused,
    offline,
    sent: counted('sent'),
    failed: counted('failed'),
    active: computed(() => items.value.some(({ state }) => state === 'queued' || state === 'sending')),
    /** Files that are on their way or were sent are not taken a second time; ones that failed are tried again. */
    add(files: readonly PathedFile[]): void {
      const there = new Set(items.value.filter(({ state }) => state !== 'failed').map(sameFile))
      const fresh = files
        .filter((one) => !there.has(sameFile(one)))
        .map((one): SendItem => ({ ...one, n: added++, state: 'queued' }))
      const again = new Set(fresh.map(sameFile))
      items.value = [...items.value.filter((one) => !again.has(sameFile(one))), ...fresh]
      pump()
    },
    pause() {
      paused.value = true
    },
    resume() {
      paused.value = false
      pump()
    },
    retry() {
      items.value = items.value.map((item) => (item.state === 'failed' ? { ...item, state: 'queued' } : item))
      pump()
    },
  }
}
