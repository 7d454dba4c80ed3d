import type { Sequence } from '../../design-docs/runner-docs.ts'
import type { Change, Changes, Database } from '../couch/client.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'

export type Page = {
  changes: Change[]
  /** Where the next page begins. */
  last: Sequence
  /** Changes behind this page, when the database says so. */
  pending: number
}

export type ChangeFeed = {
  /**
   * The changes after `since`, waited for until there are some; null once the feed is closed. Readers that stand at the
   * same place share one page, and who comes later gets at one blow what others have read meanwhile. A page that nobody
   * has read yet has at most `limit` changes. What fails is tried again; order and uniqueness are as CouchDB gives them.
   */
  page(since: Sequence, limit?: number): Promise<Page | null>
  /** Whether there is nothing after `since`. */
  isEnd(since: Sequence): Promise<boolean>
}

type FeedOptions = {
  clock: Clock
  log: Log
  signal: AbortSignal
  /** Is shown each change before any reader is. */
  onChanges(changes: readonly Change[]): void
  pageSize?: number
  /** A feed that says nothing for so long is asked whether it has slept. */
  quietMs?: number
}

const waitMs = 25_000
// Few: with 5,000 teams a page can carry a ranking of a megabyte.
const keptPages = 16
const mostChanges = 1000
const longestPauseMs = 5000

/** The changes of one database as pages of bounded size. */
export function openChangeFeed(database: Database, options: FeedOptions): ChangeFeed {
  const { clock, log, signal, onChanges, pageSize = 200, quietMs = 5000 } = options
  const asked = new Map<string, Promise<Page | null>>()
  const kept = new Map<string, Page>()

  async function read(since: Sequence, limit: number, wait: AbortSignal | null): Promise<Page> {
    const query = { since, limit, includeDocs: true, conflicts: true }
    const answer = await database.changes(wait ? { ...query, waitMs, signal: wait } : { ...query, signal })
    onChanges(answer.results)
    return toPage(answer)
  }

  /** A long poll, and beside it a look at the database now and then: a connection can die without a word. */
  async function waitForPage(since: Sequence, limit: number): Promise<Page> {
    const poll = new AbortController()
    const both = AbortSignal.any([signal, poll.signal])
    const answered = read(since, limit, both)
    const missed = missedBy(since, limit, both)
    answered.catch(() => {})
    missed.catch(() => {})
    try {
      return await Promise.race([answered, missed])
    } finally {
      poll.abort()
    }
  }

  /** Resolves only with changes that the long poll should have brought; looks only when the database has moved. */
  async function missedBy(since: Sequence, limit: number, done: AbortSignal): Promise<Page> {
    for (let seen = ''; ; ) {
      await clock.sleep(quietMs, done)
      if (done.aborted) return { changes: [], last: since, pending: 0 }
      const now = String((await database.info()).update_seq)
      if (now === seen) continue
      seen = now
      const page = await read(since, limit, null)
      if (page.changes.length === 0) continue
      log.warn('the changes feed had gone silent and was read again', { database: database.name })
      return page
    }
  }

  async function persistently(since: Sequence, limit: number): Promise<Page | null> {
    for (let pauseMs = 100; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await waitForPage(since, limit)
      } catch (error) {
        if (signal.aborted) break
        log.warn('the changes feed failed and is read again', { database: database.name, error: String(error) })
        await clock.sleep(pauseMs, signal)
      }
    }
    return null
  }

  /** A page with changes stays right for ever, since what comes later comes on later pages; an empty one does not. */
  function keep(since: Sequence, page: Page | null): void {
    asked.delete(String(since))
    if (!page?.changes.length) return
    // A database that was set back answers from its beginning: pages of its two pasts would lead round in a circle.
    if (leadsTo(page.last, since)) kept.clear()
    kept.set(String(since), page)
    if (kept.size > keptPages) kept.delete(kept.keys().next().value ?? '')
  }

  function leadsTo(from: Sequence, to: Sequence): boolean {
    let at: Sequence | undefined = from
    for (let steps = 0; at !== undefined && String(at) !== String(to) && steps <= keptPages; steps++) {
      at = kept.get(String(at))?.last
    }
    return at !== undefined
  }

  function withFollowing(first: Page): Page {
    const pages = [first]
    let changes = first.changes.length
    for (let next = kept.get(String(first.last)); next && changes < mostChanges; next = kept.get(String(next.last))) {
      pages.push(next)
      changes += next.changes.length
    }
    const last = pages.at(-1) ?? first
    return { ...last, changes: pages.flatMap((page) => page.changes) }
  }

  return {
    async page(since, limit = pageSize) {
      const key = String(since)
      const known = kept.get(key)
      if (known) return withFollowing(known)
      const asking = asked.get(key) ?? persistently(since, limit)
      if (!asked.has(key)) {
        asked.set(key, asking)
        void asking.then((page) => keep(since, page))
      }
      return await asking
    },
    isEnd: async (since) => (await database.changes({ since, limit: 1, signal })).results.length === 0,
  }
}

const toPage = (answer: Changes): Page => ({
  changes: answer.results,
  last: answer.last_seq,
  pending: answer.pending ?? 0,
})
