import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { BibDoc, Card, MessageDoc, NoticeDoc, Verdict } from '../../design-docs/derived.ts'
import { bibId, cardId } from '../../design-docs/ids.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import type { preview } from '../../functions/rules/preview.ts'
import { sideOf } from '../../functions/rules/side-of.ts'
import type { MirrorState, Store } from '../store/types.ts'
import { keptSignal } from '../ui/kept-signal.ts'

/** The store as the participant's screens see it: one team, its card, the event, and the time. */
export type OwnTeam = {
  store: Store
  /** Teams that this person may see: one for a participant, several for an agent. */
  teams: ReadonlySignal<readonly string[]>
  number: ReadonlySignal<string | null>
  choose(number: string): void
  /** What the server will say once this device's own records have arrived. */
  card: ReadonlySignal<Card | null>
  copy: ReadonlySignal<MirrorState>
  /** The server is another one than before; what is on screen is shown until the new copy is whole. */
  refilling: ReadonlySignal<boolean>
  /** Judged check-ins of the team, the ones that do not count too, by checkpoint and oldest first. */
  verdicts: ReadonlySignal<ReadonlyMap<string, readonly Verdict[]>>
  event: ReadonlySignal<EventDoc | null>
  checkpoints: ReadonlySignal<ReadonlyMap<string, CheckpointDoc>>
  /** The server's time as far as this device knows, renewed every second for what counts down on screen. */
  now: ReadonlySignal<number>
  timeZone: ReadonlySignal<string | undefined>
  /** What the QR of the team's bib says; null until it has arrived. */
  bib: ReadonlySignal<string | null>
  /** Notices that were not opened on this device yet, urgent ones first. */
  unread: ReadonlySignal<readonly NoticeDoc[]>
  /** What headquarters said and no phone of the team has had on a screen yet; of all teams, for an agent. */
  unreadMessages: ReadonlySignal<readonly MessageDoc[]>
  /** Server time at which the copy on screen was last known to be the server's; null: never on this device. */
  currentAt: ReadonlySignal<number | null>
  lastContactAt: ReadonlySignal<number | null>
}

export function createOwnTeam(store: Store): OwnTeam {
  const { board } = store.mirrors
  const chosen = keptSignal<string | null>('zekken.team.chosen', null, text)
  const teams = computed(() => store.session.who.value?.teams ?? [])
  const number = computed(() => teams.value.find((one) => one === chosen.value) ?? teams.value[0] ?? null)
  const mirror = computed(() => (number.value === null ? null : store.mirrors.team(number.value)))
  const copy = computed(() => mirror.value?.state.value ?? 'empty')
  const tick = signal(0)
  setInterval(() => tick.value++, 1000)

  const currentAt = keptSignal<number | null>('zekken.team.current', null, time)
  effect(() => {
    const { link, busy, lastContactAt } = store.status
    const signedIn = store.session.state.value === 'signed-in'
    // While a round runs the server may have answered and the copy not followed yet.
    if (signedIn && link.value === 'online' && !busy.value && copy.value === 'complete')
      currentAt.value = lastContactAt.value
  })
  const byServer = (at: number | null) => (at === null ? null : at + store.outbox.stamp().offsetMs)

  const now = computed(() => {
    tick.value
    return store.outbox.stamp().at
  })
  const event = computed(() => (board.docs.value.get('event') as EventDoc | undefined) ?? null)
  const checkpoints = computed(() => {
    const docs = [...board.docs.value.values()].filter(({ _id }) => _id.startsWith('checkpoint:'))
    return new Map((docs as unknown as CheckpointDoc[]).map((doc) => [doc.number, doc]))
  })
  const official = computed(() => {
    const id = number.value === null ? '' : cardId(number.value)
    return (mirror.value?.docs.value.get(id) as unknown as Card | undefined) ?? null
  })
  const own = computed(() => [...store.outbox.facts.value.values()].filter(({ team }) => team === number.value))
  // The rules come when there is something to count in: whoever only looks needs none of them.
  const rules = signal<{ preview: typeof preview } | null>(null)
  effect(() => {
    if (own.value.length === 0 || rules.peek()) return
    import('../../functions/rules/preview.ts').then(
      (file) => {
        rules.value = file
      },
      // Without them the card is the server's, as it was; the next record asks again.
      () => undefined,
    )
  })
  const card = computed(() => {
    if (!official.value || !event.value || !rules.value || own.value.length === 0) return official.value
    return rules.value.preview(official.value, own.value, { event: event.value, checkpoints: checkpoints.value })
  })
  return {
    store,
    teams,
    number,
    choose: (team) => {
      chosen.value = team
    },
    card,
    copy,
    refilling: computed(() => copy.value === 'refilling' || board.state.value === 'refilling'),
    verdicts: computed(() => {
      const all = (mirror.value?.withPrefix('verdict:').value ?? []) as unknown as Verdict[]
      return Map.groupBy(
        [...all].sort((a, b) => a.at - b.at),
        ({ checkpoint }) => checkpoint,
      )
    }),
    event,
    checkpoints,
    now,
    bib: computed(() => {
      const id = number.value === null ? '' : bibId(number.value)
      return (mirror.value?.docs.value.get(id) as unknown as BibDoc | undefined)?.text ?? null
    }),
    unread: computed(() => store.notices.shownAt(now.value).filter(({ _id }) => !store.notices.read.value.has(_id))),
    unreadMessages: computed(() => {
      const facts = [...store.outbox.facts.value.values()]
      const read = new Set(facts.flatMap((fact) => (fact.type === 'read' ? fact.messages : [])))
      return teams.value.flatMap((team) =>
        (store.mirrors.team(team).withPrefix('message:').value as unknown as MessageDoc[]).filter(
          ({ fact, as, readAt, takenBack }) =>
            sideOf(as) === 'headquarters' && readAt === undefined && !takenBack && !read.has(fact),
        ),
      )
    }),
    timeZone: computed(() => event.value?.timeZone),
    currentAt: computed(() => byServer(currentAt.value)),
    lastContactAt: computed(() => byServer(store.status.lastContactAt.value)),
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
const time = (value: unknown) => (typeof value === 'number' ? value : undefined)

export const OwnTeamContext = createContext<OwnTeam | null>(null)

export function useOwnTeam(): OwnTeam {
  const own = useContext(OwnTeamContext)
  if (own === null) throw new Error('OwnTeamContext is empty')
  return own
}
