import type { Card } from '../../../design-docs/derived.ts'
import type { Database } from '../../../sync-server/couch/client.ts'

/** The n-th check-in of a team. */
export type Mark = { team: string; n: number }

/** Follows the cards in a database and notes when each first counted how many check-ins. */
export async function watchCards(database: Database) {
  const stopping = new AbortController()
  const { signal } = stopping
  const times = new Map<string, number[]>()
  const waiting = new Set<() => void>()
  let { last_seq: since } = await database.changes({ since: 'now' })

  async function follow(): Promise<void> {
    while (!signal.aborted) {
      const page = await database.changes({ since, includeDocs: true, waitMs: 25_000, signal })
      const now = performance.now()
      for (const { doc } of page.results) note(doc as unknown as Card | undefined, now)
      since = page.last_seq
      for (const wake of [...waiting]) wake()
    }
  }

  function note(card: Card | undefined, now: number): void {
    if (!card?.checkins) return
    const seen = times.get(card.team) ?? []
    while (seen.length < card.checkins.total) seen.push(now)
    times.set(card.team, seen)
  }

  const at = ({ team, n }: Mark) => times.get(team)?.[n - 1]
  const following = follow().catch(() => {}) // ends so when it is stopped
  return {
    at,
    async until(marks: readonly Mark[]): Promise<void> {
      while (marks.some((mark) => at(mark) === undefined)) {
        const turn = Promise.withResolvers<void>()
        waiting.add(turn.resolve)
        await turn.promise
        waiting.delete(turn.resolve)
      }
    },
    async stop(): Promise<void> {
      stopping.abort()
      await following
    },
  }
}
