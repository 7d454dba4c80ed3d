import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { NoticeDoc } from '../../design-docs/derived.ts'
import { byUrgency, isAddressed, type Listener, noticeState } from '../../functions/rules/notices.ts'
import type { EventData } from './event-data.ts'
import type { KeyValue, Ports } from './ports.ts'
import type { MirrorDoc, Notices, Who } from './types.ts'

/** What goes along with the heartbeat, so that whoever told something learns how many phones have it. */
export type NoticesAboard = { have: string[]; read: string[] }
export type NoticeBook = Notices & {
  aboard(): NoticesAboard
  /** Another tab has marked something. */
  reread(): void
}

const keptUnder = 'zekken:read-notices'
const mostKept = 500
/** As many as the heartbeat takes. */
const mostTold = 300
const prefix = 'notice:'

type Parts = {
  data: ReadonlySignal<EventData | null>
  who: ReadonlySignal<Who | null>
  keyValue: KeyValue
  onRead(): void
}

/** The notices of all mirrors that this person has, and which of them were opened here. */
export function createNotices({ data, who, keyValue, onRead }: Parts): NoticeBook {
  const load = () => new Set(JSON.parse(keyValue.get(keptUnder) ?? '[]') as string[])
  const read = signal<ReadonlySet<string>>(load())

  const docs = computed(() => {
    const event = data.value
    const here = who.value
    if (!event || here?.event !== event.event) return []
    const found = new Map<string, MirrorDoc>()
    for (const mirror of event.mirrorsOf(here)) {
      for (const [id, doc] of mirror.docs.value) if (id.startsWith(prefix)) found.set(id, doc)
    }
    return [...found.values()] as unknown as NoticeDoc[]
  })
  const listener = computed<Listener | null>(() => {
    const here = who.value
    const event = data.value
    if (!here || !event) return null
    const classesOf = (number: string) =>
      (event.mirror('team', number).docs.value.get(`card:${number}`) as { classIds?: string[] } | undefined)?.classIds
    const isOfTeams = here.role === 'participant' || here.role === 'agent'
    const teams = isOfTeams ? here.teams.map((number) => ({ number, classIds: classesOf(number) ?? [] })) : []
    return { role: here.role, teams }
  })
  const mine = computed(() => {
    const me = listener.value
    return me ? docs.value.filter(({ audience }) => isAddressed(audience, me)).sort(byUrgency) : []
  })

  return {
    read,
    // Told by the phone's own clock, too: its copy may be older than the day.
    shownAt: (nowMs) => mine.value.filter((notice) => noticeState(notice, nowMs) === 'out'),
    markRead(id) {
      if (read.value.has(id)) return
      const ids = [...load(), id].slice(-mostKept)
      keyValue.set(keptUnder, JSON.stringify(ids))
      read.value = new Set(ids)
      onRead()
    },
    aboard() {
      const ids = docs.value.map(({ _id }) => _id)
      const told = (some: string[]) =>
        some
          .map((id) => id.slice(prefix.length))
          .sort()
          .slice(-mostTold)
      return { have: told(ids), read: told(ids.filter((id) => read.value.has(id))) }
    },
    reread() {
      read.value = load()
    },
  }
}

const spreadMs = 5000
const nothing = JSON.stringify({ have: [], read: [] } satisfies NoticesAboard)

/** Tells of each change after some seconds, since what is told to everyone makes every phone speak. */
export function followNotices(
  book: NoticeBook,
  { after, random }: Pick<Ports, 'after' | 'random'>,
  tell: () => void,
): () => void {
  const aboard = computed(() => JSON.stringify(book.aboard()))
  let cancel = () => {}
  const stop = effect(() => {
    cancel()
    if (aboard.value !== nothing) cancel = after(random.fraction() * spreadMs, tell)
  })
  return () => {
    stop()
    cancel()
  }
}
