import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Card } from '../../design-docs/derived.ts'
import { cardId } from '../../design-docs/ids.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { maySearch } from '../store/may-search.ts'
import type { Store } from '../store/types.ts'
import { ownOf } from './scan-flow.ts'
import { station } from './station.ts'

/** The store as the staff screens see it: the event, its checkpoints, its cards, and the time. */
export type Phone = {
  store: Store
  event: ReadonlySignal<EventDoc | null>
  checkpoints: ReadonlySignal<ReadonlyMap<string, CheckpointDoc>>
  card(team: string): Card | undefined
  /** Takes in a bib whose signature may be good: what it opens can be read once this resolves, here and from now on. */
  takeBib(text: string): Promise<void>
  /** Whether the person may look for teams; else a team is seen once its bib was scanned. */
  searches: ReadonlySignal<boolean>
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
    if (['removed', 'over'].includes(store.session.state.value)) station.value = null
  })
  const event = computed(() => (board.docs.value.get('event') as EventDoc | undefined) ?? null)
  const checkpoints = computed(() => {
    const found = new Map<string, CheckpointDoc>()
    for (const [id, doc] of board.docs.value) {
      if (id.startsWith('checkpoint:')) found.set(id.slice('checkpoint:'.length), doc as unknown as CheckpointDoc)
    }
    return found
  })

  const searches = computed(() => maySearch(store.session))
  const opened = signal<ReadonlyMap<string, Card>>(new Map())
  let gate: Promise<(text: string) => Promise<void>> | undefined
  /** Null where it is not needed; what opens cards comes apart, from the phone's own copy. */
  const openGate = () => {
    if (searches.value || store.session.who.value === null) return null
    gate ??= import('./sealed-cards.ts').then(({ followSealed }) => followSealed(store, opened))
    return gate
  }
  effect(() => {
    openGate()?.catch(() => {
      gate = undefined
    })
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
    searches,
    card: (team) =>
      (roster.docs.value.get(cardId(team)) as unknown as Card | undefined) ?? opened.value.get(team) ?? walkIn(team),
    // A card that stays shut is that of a team nobody knows here: the scan goes on with the bib alone.
    takeBib: async (text) => (await openGate()?.catch(() => undefined))?.(text).catch(() => undefined),
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
