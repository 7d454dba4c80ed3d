import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Decision } from '../../../design-docs/decisions.ts'
import type { VerdictStatus } from '../../../design-docs/derived.ts'
import { ulid } from '../../../design-docs/ids.ts'
import type { Answer } from '../../store/http.ts'
import { backoffMs, pause } from '../../store/retry.ts'
import { afterPaint } from './after-paint.ts'
import type { Desk } from './desk.ts'

type Undated<D> = D extends unknown ? Omit<D, 'id' | 'ageMs'> : never
/** A decision before it has an id and a time. */
export type NewDecision = Undated<Decision>
export type Queued = {
  event: string
  decision: Omit<Decision, 'ageMs'> & NewDecision
  decidedAt: number
  about?: string
}
export type Refused = { queued: Queued; code: string; figures: Record<string, unknown> }

/** What was decided here: sent at once, kept through a broken link or a reload until the server has it. */
export type Decisions = {
  /** Takes a decision and answers its id without waiting for the server; `about` is the check-in that it changes. */
  decide(decision: NewDecision, about?: string): string
  waiting: ReadonlySignal<readonly Queued[]>
  /** Check-ins decided here whose new verdict has not come back yet. */
  expected: ReadonlySignal<ReadonlyMap<string, { status: VerdictStatus | 'undone'; sent: boolean }>>
  /** The verdict has come: nothing is expected of this check-in any more. */
  arrived(checkin: string): void
  onRefused(listener: (refused: Refused) => void): () => void
  stop(): void
}

const keptUnder = 'decisions'

export function openDecisions(desk: Desk, event: string): Decisions {
  const waiting = signal<readonly Queued[]>(readKept(desk))
  const sentButUnseen = signal<ReadonlyMap<string, VerdictStatus | 'undone'>>(new Map())
  const refusals = new Set<(refused: Refused) => void>()
  const stopping = new AbortController()
  let running = false
  let failures = 0
  let waking = new AbortController()

  const keep = (next: readonly Queued[]) => {
    waiting.value = next
    desk.keyValue.set(keptUnder, JSON.stringify(next))
  }

  async function send(): Promise<void> {
    if (running) return
    running = true
    try {
      while (!stopping.signal.aborted) {
        const next = waiting.value.find((queued) => queued.event === event)
        if (!next) return
        const ageMs = Math.max(0, Date.now() - next.decidedAt)
        const answer = await desk.ask(`/api/events/${event}/decisions`, {
          method: 'POST',
          json: { ...next.decision, ageMs },
        })
        if (settle(next, answer)) failures = 0
        else await rest()
      }
    } finally {
      running = false
    }
  }

  /** Whether the server has spoken; if not, the decision stays first in the queue. */
  function settle(queued: Queued, answer: Answer): boolean {
    if (answer.kind === 'ok') {
      const { checkin, status } = expectation(queued)
      if (checkin) sentButUnseen.value = new Map([...sentButUnseen.value, [checkin, status]])
    } else if (answer.kind !== 'refused' || answer.status === 401 || answer.code === 'ZK-AUTH-004') return false
    keep(waiting.value.filter((one) => one !== queued))
    if (answer.kind === 'refused')
      for (const listener of refusals) listener({ queued, code: answer.code, figures: answer.figures })
    return true
  }

  async function rest(): Promise<void> {
    waking = new AbortController()
    const after = (ms: number, then: () => void) => {
      const timer = setTimeout(then, ms)
      return () => clearTimeout(timer)
    }
    await pause({ after }, Math.min(backoffMs(failures++, Math.random), 10_000), [stopping.signal, waking.signal])
  }

  const wake = () => waking.abort()
  addEventListener('online', wake)
  const stopLink = desk.link.subscribe((link) => link === 'online' && wake())
  void send()

  return {
    decide(decision, about) {
      const id = ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
      keep([...waiting.value, { event, decision: { ...decision, id }, decidedAt: Date.now(), ...(about && { about }) }])
      afterPaint(() => void send())
      return id
    },
    waiting,
    expected: computed(() => {
      const expected = new Map<string, { status: VerdictStatus | 'undone'; sent: boolean }>()
      for (const [checkin, status] of sentButUnseen.value) expected.set(checkin, { status, sent: true })
      for (const queued of waiting.value) {
        const { checkin, status } = expectation(queued)
        if (checkin) expected.set(checkin, { status, sent: false })
      }
      return expected
    }),
    arrived(checkin) {
      if (!sentButUnseen.value.has(checkin)) return
      const next = new Map(sentButUnseen.value)
      next.delete(checkin)
      sentButUnseen.value = next
    },
    onRefused(listener) {
      refusals.add(listener)
      return () => refusals.delete(listener)
    },
    stop() {
      stopping.abort()
      removeEventListener('online', wake)
      stopLink()
    },
  }
}

/** Which check-in a decision changes, and to what; taking a review back changes it to what the rules say. */
function expectation({ decision, about }: Queued): { checkin: string | null; status: VerdictStatus | 'undone' } {
  return { checkin: about ?? null, status: decision.kind === 'review' ? decision.action : 'undone' }
}

function readKept(desk: Desk): readonly Queued[] {
  const text = desk.keyValue.get(keptUnder)
  return text === null ? [] : (JSON.parse(text) as Queued[])
}
