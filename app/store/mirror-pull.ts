import type { Answer, Ask } from './http.ts'
import type { MirrorCopies } from './mirror-copies.ts'
import type { MirrorCopy, Position } from './mirror-copy.ts'
import { type FeedAnswer, type FeedPage, readFeed } from './mirror-feed.ts'
import { turns } from './turns.ts'

/** `fresh`: the whole copy was read anew just now. */
export type PullOutcome = { kind: 'done'; fresh: boolean } | Exclude<Answer, { kind: 'ok' }>

export type MirrorPull = {
  /** Brings the copy up to the server, from zero when it is another generation or `refill` says so. */
  catchUp(path: string, generation: string, options?: { refill?: boolean }): Promise<PullOutcome>
  /** Follows the server until something breaks or the signal ends it. */
  follow(path: string, signal: AbortSignal): Promise<PullOutcome>
  /** Compares every id and revision with the server's; false when they differ though nothing is on its way. */
  equalsServer(path: string): Promise<boolean | null>
  /** Removes the copy, once nothing more is being written into it. */
  drop(): Promise<void>
}

const pageRows = 1_000
const pollMs = 25_000

export function createMirrorPull(copies: MirrorCopies, ask: (path: string, ask?: Ask) => Promise<Answer>): MirrorPull {
  const inTurn = turns()

  type Reading = { waitMs?: number; signal?: AbortSignal; answered?: Promise<FeedAnswer> | null }
  const read = async (path: string, copy: MirrorCopy, { answered, ...options }: Reading = {}) => {
    const at = copy.position()
    const answer = await (answered ?? readFeed(ask, path, { since: at.since, limit: pageRows, ...options }))
    if (answer.kind !== 'ok' || options.signal?.aborted) return { answer, next: null }
    const { since, pending } = answer.page
    // On the first sync the next page is on its way while this one is written.
    const next = at.complete || !pending ? null : readFeed(ask, path, { since, limit: pageRows })
    // A page that another reader overtook meanwhile is dropped: it follows a position that is no longer the last.
    const kept = await inTurn(async () => {
      if (copies.current() !== copy || copy.position() !== at) return false
      await keep(copy, at, answer.page)
      return copy.position().since === since
    })
    return { answer, next: kept ? next : null }
  }

  const keep = async (copy: MirrorCopy, at: Position, page: FeedPage) => {
    if (page.rows.length === 0 && page.since === at.since && at.complete) return
    const next = { ...at, since: page.since, pages: at.pages + 1 }
    if (at.complete) return copy.addChanges(page.rows, next)
    const complete = page.rows.length === 0 || page.pending === 0
    const expected = page.pending === null ? at.expected : copy.docs.size + page.rows.length + page.pending
    return copy.addPage(page.rows, { ...next, expected, complete })
  }

  /** Every id and revision that the server has, and the position at which that was so. */
  const listing = async (path: string) => {
    const revisions = new Map<string, string>()
    for (let since: string | number = 0; ; ) {
      const answer = await readFeed(ask, path, { since, limit: 10 * pageRows, bare: true })
      if (answer.kind !== 'ok') return null
      for (const { id, doc } of answer.page.rows) if (doc) revisions.set(id, doc._rev)
      since = answer.page.since
      if (answer.page.rows.length === 0 || answer.page.pending === 0) return { revisions, since }
    }
  }

  return {
    drop: () => inTurn(copies.drop),

    async catchUp(path, generation, { refill = false } = {}) {
      if (copies.generation() !== generation || refill) await inTurn(() => copies.startFill(generation))
      let answered: Promise<FeedAnswer> | null = null
      for (let fresh = false; ; ) {
        const copy = copies.current()
        if (!copy) return { kind: 'offline' }
        const { answer, next }: Awaited<ReturnType<typeof read>> = await read(path, copy, { answered })
        answered = next
        if (answer.kind === 'refused' && answer.status === 400 && copy.position().since !== 0) {
          // A position that the server cannot read is none of its own: it is not the server that gave it.
          await inTurn(() => copies.startFill(generation))
          continue
        }
        if (answer.kind !== 'ok') return answer
        if (copies.isFilling() && copy.position().complete) {
          await inTurn(copies.finishFill)
          fresh = true
        }
        if (answer.page.rows.length === 0 || answer.page.pending === 0) return { kind: 'done', fresh }
      }
    },

    async follow(path, signal) {
      while (!signal.aborted) {
        const copy = copies.current()
        if (!copy) return { kind: 'offline' }
        const { answer } = await read(path, copy, { waitMs: pollMs, signal })
        if (answer.kind !== 'ok') return answer
      }
      return { kind: 'done', fresh: false }
    },

    async equalsServer(path) {
      const copy = copies.current()
      const theirs = copy && (await listing(path))
      if (!theirs) return null
      const { revisions, since } = theirs
      const differs = () =>
        revisions.size !== copy.docs.size || [...copy.docs].some(([id, doc]) => revisions.get(id) !== doc._rev)
      if (!differs()) {
        // Positions of a server that was set back and has caught up again by other steps are not ours: this one is.
        await inTurn(async () => {
          if (copies.current() === copy && !differs()) await copy.addChanges([], { ...copy.position(), since })
        })
        return true
      }
      // What changed on the server between our last look and this one is no difference.
      const { answer } = await read(path, copy)
      if (answer.kind !== 'ok') return null
      for (const { id, doc } of answer.page.rows) {
        if (doc) revisions.set(id, doc._rev)
        else revisions.delete(id)
      }
      return !differs()
    },
  }
}
