import type { PositionDoc, Sequence } from '../../design-docs/runner-docs.ts'
import type { ChangeFeed, Page } from './change-feed.ts'
import type { Source } from './changed-keys.ts'

type InboxOptions = {
  feeds: Record<Source, ChangeFeed>
  sources: readonly Source[]
  /** The most that is read at once, when it is not the feed's own; a reader who comes seldom wants all that has gathered. */
  pageSize?: number | undefined
  onArrival(): void
}

/** The next page of each feed of one function: asked for one at a time, so that memory stays bounded. */
export type Inbox = {
  /** Asks for the page after these places, unless one is under way or has arrived. */
  listen(since: PositionDoc['since']): void
  /** What has arrived, as it is now. */
  pages(): ReadonlyMap<Source, Page>
  /** These pages have been worked off; one that came meanwhile stays. */
  clear(done: ReadonlyMap<Source, Page>): void
  /** Nothing that is under way counts any more. */
  restart(): void
  isAtEnd(since: PositionDoc['since']): Promise<boolean>
}

export const sinceOf = (since: PositionDoc['since'], source: Source): Sequence => since[source] ?? 0

export function createInbox({ feeds, sources, pageSize, onArrival }: InboxOptions): Inbox {
  const arrived = new Map<Source, Page>()
  let asked = new Set<Source>()

  function ask(source: Source, since: Sequence): void {
    const mine = asked
    mine.add(source)
    void feeds[source].page(since, pageSize).then((found) => {
      mine.delete(source)
      if (mine !== asked || !found) return
      arrived.set(source, found)
      onArrival()
    })
  }

  return {
    listen(since) {
      for (const source of sources) if (!asked.has(source) && !arrived.has(source)) ask(source, sinceOf(since, source))
    },
    pages: () => new Map(arrived),
    clear(done) {
      for (const [source, page] of done) if (arrived.get(source) === page) arrived.delete(source)
    },
    restart() {
      asked = new Set()
      arrived.clear()
    },
    async isAtEnd(since) {
      const ends = await Promise.all(sources.map((source) => feeds[source].isEnd(sinceOf(since, source))))
      return ends.every(Boolean)
    },
  }
}
