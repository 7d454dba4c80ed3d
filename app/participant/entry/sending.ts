import { type ReadonlySignal, signal } from '@preact/signals'
import type { Ports } from '../../store/ports.ts'
import { backoffMs } from '../../store/retry.ts'
import type { Attempt, Refusal } from './entry-api.ts'

export type SendingState =
  | { step: 'idle' | 'sending' }
  | { step: 'waiting'; why: 'offline' | 'busy' }
  | { step: 'refused'; refusal: Refusal }

export type Sending = {
  state: ReadonlySignal<SendingState>
  /** Sends, or sends again now what waits; while it is on its way nothing more is sent. */
  send(): void
  /** Waits no longer; what is on its way may still arrive. */
  stop(): void
}

type Parts<T> = {
  ports: Pick<Ports, 'after' | 'onWake' | 'random'>
  attempt(): Promise<Attempt<T>>
  onDone(value: T): void
  onRefused?(refusal: Refusal): void
}

/** Sends something that may be sent twice until there is an answer: by itself when the link is back, and now and then. */
export function createSending<T>({ ports, attempt, onDone, onRefused }: Parts<T>): Sending {
  const state = signal<SendingState>({ step: 'idle' })
  let failures = 0
  let run = 0
  let cancel = () => {}

  const send = async () => {
    if (state.value.step === 'sending') return
    cancel()
    const mine = ++run
    state.value = { step: 'sending' }
    const got = await attempt()
    if (mine !== run) return
    if (got.result === 'waiting') return wait(got)
    failures = 0
    if (got.result === 'done') {
      state.value = { step: 'idle' }
      onDone(got.value)
    } else {
      state.value = { step: 'refused', refusal: got.refusal }
      onRefused?.(got.refusal)
    }
  }

  const wait = ({ why, afterMs }: { why: 'offline' | 'busy'; afterMs: number | null }) => {
    state.value = { step: 'waiting', why }
    const again = () => void send()
    const ms = Math.max(afterMs ?? 0, backoffMs(failures++, ports.random.fraction))
    const cancelTimer = ports.after(Math.min(ms, 60_000), again)
    // Who is told to wait does not come back sooner for looking at the phone.
    const forget = afterMs === null ? ports.onWake(again) : () => {}
    cancel = () => {
      cancelTimer()
      forget()
      cancel = () => {}
    }
  }

  return {
    state,
    send: () => void send(),
    stop() {
      run++
      cancel()
      failures = 0
      state.value = { step: 'idle' }
    },
  }
}
