import type { Logger } from 'pino'
import type { LinkOutcome } from '../../design-docs/links.ts'
import type { ToldOutcome } from './open-image.ts'

/** How often each came to pass since this process started. */
export type LinkCounts = ReadonlyMap<LinkOutcome, number>

const quiet: readonly LinkOutcome[] = ['opened', 'resumed', 'looked', 'prefetch', 'preview-bot', 'unknown']

/**
 * Counts what came of one-time links, and writes down those that were somebody's and did not open: from outside they look
 * the same. What anyone can make up is only counted.
 */
export function linkOutcomeLog(log: Pick<Logger, 'info'>): { tell(told: ToldOutcome): void; counts: LinkCounts } {
  const counts = new Map<LinkOutcome, number>()
  return {
    counts,
    tell(told) {
      counts.set(told.outcome, (counts.get(told.outcome) ?? 0) + 1)
      if (!quiet.includes(told.outcome)) log.info(told, 'a one-time link was not opened')
    },
  }
}
