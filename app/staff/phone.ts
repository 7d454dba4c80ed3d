import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Card } from '../../design-docs/derived.ts'
import { cardId } from '../../design-docs/ids.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import type { Store } from '../store/types.ts'
import { ownOf } from './scan-flow.ts'
import { station } from './station.ts'

/** The store as the staff screens see it: the event, its checkpoints, its cards, and the time. */
export type Phone = {
  store: Store
  event: ReadonlySignal<EventDoc | null>
  checkpoints: ReadonlySignal<ReadonlyMap<string, CheckpointDoc>>
  card(team: string): Card | undefined
  /** The server's time as far as this phone knows, renewed every second for what counts down on screen. */
  now: ReadonlySignal<number>
  timeZone: ReadonlySignal<string | undefined>
}

export function createPhone(store: Store): Phone {
  const { board, roster } = store.mirrors
  const tick = signal(0)
  setInterval(() => tick.value++, 1000)
  effect(() => {
    // A wiped phone remembers nothing of the event, not even where it stood.
    if (store.session.state.value === 'removed') station.value = null
  })
  const event = computed(() => (board.docs.value.get('event') as EventDoc | undefined) ?? null)
  const checkpoints = computed(() => {
    const found = new Map<string, CheckpointDoc>()
    for (const [id, doc] of board.docs.value) {
      if (id.startsWith('checkpoint:')) found.set(id.slice('checkpoint:'.length), doc as unknown as CheckpointDoc)
    }
    return found
  })

  /** A team that this phone has entered itself and the server has not heard of, as far as this phone knows. */
  function walkIn(team: string): Card | undefined {
    const own = ownOf(store.outbox.facts.value, team)
    if (event.value === null || !own.some(({ type }) => type === 'bind')) return undefined
    return outcome(own, { event: event.value, checkpoints: checkpoints.value }).card ?? undefined
  }

  return {
    store,
    event,
    checkpoints,
    card: (team) => (roster.docs.value.get(cardId(team)) as unknown as Card | undefined) ?? walkIn(team),
    now: computed(() => {
      tick.value
      return store.outbox.stamp().at
    }),
    timeZone: computed(() => event.value?.timeZone),
  }
}

export const PhoneContext = createContext<Phone | null>(null)

export function usePhone(): Phone {
  const phone = useContext(PhoneContext)
  if (phone === null) throw new Error('PhoneContext is empty')
  return phone
}
