import { type ParkedDoc, parkedId } from '../../design-docs/runner-docs.ts'

/** Pauses between the tries of a failing key; after the last of them it is parked. */
export const pausesMs = [1000, 5000, 20_000, 60_000] as const

/** What is kept of a key that has failed once more. */
export function nextFailure(
  before: ParkedDoc | undefined,
  { key, error, nowMs, event, name }: { key: string; error: unknown; nowMs: number; event: string; name: string },
): ParkedDoc {
  const tries = (before?.tries ?? 0) + 1
  const pauseMs = pausesMs[tries - 1]
  const first = { _id: parkedId(event, name, key), type: 'parked', event, function: name, key, firstAt: nowMs } as const
  return {
    ...(before ?? first),
    state: pauseMs === undefined ? 'parked' : 'retrying',
    tries,
    error: describe(error),
    lastAt: nowMs,
    nextAt: pauseMs === undefined ? null : nowMs + pauseMs,
  }
}

const describe = (error: unknown) =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2000)
