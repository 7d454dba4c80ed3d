import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { NoticeDoc, Ranking } from '../../design-docs/derived.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import type { Store } from '../store/types.ts'
import { type Sheet, sheetsOf } from './sheets.ts'

/** The store as a large screen sees it: what is published, the hour, and what everybody must know. */
export type Board = {
  store: Store
  event: ReadonlySignal<EventDoc | null>
  sheets: ReadonlySignal<readonly Sheet[]>
  urgent: ReadonlySignal<readonly NoticeDoc[]>
  /** The server's time as far as this device knows, renewed every second. */
  now: ReadonlySignal<number>
  /** Server time at which the server was last heard of; null while it is. */
  offlineSince: ReadonlySignal<number | null>
}

export function createBoard(store: Store): Board {
  const { board } = store.mirrors
  const tick = signal(0)
  setInterval(() => tick.value++, 1000)
  const now = computed(() => {
    tick.value
    return store.outbox.stamp().at
  })
  const event = computed(() => (board.docs.value.get('event') as EventDoc | undefined) ?? null)
  const rankings = board.withPrefix('ranking:') as unknown as ReadonlySignal<readonly Ranking[]>
  return {
    store,
    event,
    sheets: computed(() => (event.value ? sheetsOf(event.value, rankings.value) : [])),
    urgent: computed(() => store.notices.shownAt(now.value).filter(({ urgent }) => urgent)),
    now,
    offlineSince: computed(() => {
      const { link, lastContactAt } = store.status
      if (link.value === 'online' || link.value === 'unknown') return null
      return lastContactAt.value === null ? null : lastContactAt.value + store.outbox.stamp().offsetMs
    }),
  }
}
