import { databaseName } from '../../design-docs/databases.ts'
import type { Changes, Couch } from '../couch/client.ts'
import { type DeskDoc, type DeskView, emptyView, takeIn, takeOut } from './desk-view.ts'

/** What one batch of changes brought; `seq` is CouchDB's, opaque, and where a later listener may go on from. */
export type DeskBatch = { seq: string; docs: DeskDoc[]; removed: string[] }

export type DeskFollower = {
  view: DeskView
  /** Resolves when everything that stood in `desk` at the start is in the view. */
  ready: Promise<void>
  /** The last sequence taken in. */
  seq(): string
  /** Calls back for each later batch until the answer is called. */
  listen(listener: (batch: DeskBatch) => void): () => void
  stop(): void
}

const waitMs = 25_000
const retryMs = 500

/** Follows the changes of an event's `desk`. A link that breaks is picked up where it broke; nothing is skipped. */
export function followDesk(couch: Couch, event: string): DeskFollower {
  const desk = couch.database(databaseName(event, 'desk'))
  const view = emptyView()
  const listeners = new Set<(batch: DeskBatch) => void>()
  const stopping = new AbortController()
  const caughtUp = Promise.withResolvers<void>()
  let since: string | number = 0
  let waiting = false

  function takeBatch(changes: Changes): void {
    const batch: DeskBatch = { seq: String(changes.last_seq), docs: [], removed: [] }
    for (const change of changes.results) {
      if (change.deleted) {
        takeOut(view, change.id)
        batch.removed.push(change.id)
      } else if (change.doc) {
        const doc = takeIn(view, change.doc)
        if (doc) batch.docs.push(doc)
      }
    }
    since = changes.last_seq
    if (waiting && batch.docs.length + batch.removed.length > 0) for (const listener of listeners) listener(batch)
  }

  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const changes = await desk.changes({
          since,
          limit: 2000,
          includeDocs: true,
          signal: stopping.signal,
          ...(waiting ? { waitMs } : {}),
        })
        takeBatch(changes)
        if (!waiting && changes.results.length === 0) {
          waiting = true
          caughtUp.resolve()
        }
      } catch {
        // The database is away or we are stopping; the position has not moved, so trying again loses nothing.
        if (!stopping.signal.aborted) await pause(retryMs, stopping.signal)
      }
    }
  }
  void follow()

  return {
    view,
    ready: caughtUp.promise,
    seq: () => String(since),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => stopping.abort(),
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
