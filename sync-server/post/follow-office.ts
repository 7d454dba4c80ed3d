import type { Database } from '../couch/client.ts'
import type { Clock } from '../feed/clock.ts'

type Following = {
  clock: Clock
  signal: AbortSignal
  /** Everything is to be looked at: at the start, now and then, and after the feed failed. */
  look(): Promise<void>
  /** These documents changed. */
  changed(ids: readonly string[]): Promise<void>
  failed(error: unknown): void
}

/** Changes that come within this time are told together. */
const gatherMs = 50
const waitMs = 25_000
const lookAgainMs = 60_000
const pauseMs = 1000

/** Tells of changes in the office until it is stopped. A mail queued by another process is heard of as soon as one here. */
export async function followOffice(
  office: Database,
  { clock, signal, look, changed, failed }: Following,
): Promise<void> {
  let since: string | number | null = null
  let lookedAt = 0
  while (!signal.aborted) {
    await clock.sleep(gatherMs, signal)
    if (signal.aborted) return
    try {
      if (since === null || clock.now() - lookedAt >= lookAgainMs) {
        since ??= (await office.info()).update_seq
        await look()
        lookedAt = clock.now()
      }
      // A connection can die without a word: it is given up somewhat later than the answer is due.
      const patience = AbortSignal.any([signal, AbortSignal.timeout(waitMs + 10_000)])
      const { results, last_seq } = await office.changes({ since, waitMs, signal: patience })
      since = last_seq
      if (results.length > 0) await changed(results.map(({ id }) => id))
    } catch (error) {
      if (signal.aborted) return
      failed(error)
      since = null
      await clock.sleep(pauseMs, signal)
    }
  }
}
