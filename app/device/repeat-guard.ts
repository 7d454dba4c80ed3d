/** A bib held before the camera is seen many times a second, but is one scan until it was out of sight for a while. */
export type RepeatGuard = {
  /** Whether this text is a new scan at this time. */
  accepts(text: string, nowMs: number): boolean
  /** The camera looks again: what it was looking at before still counts as seen. */
  resume(nowMs: number): void
}

export function createRepeatGuard(outOfSightMs = 1500): RepeatGuard {
  let last: { text: string; seenMs: number } | null = null
  return {
    accepts(text, nowMs) {
      const repeated = last?.text === text && nowMs - last.seenMs < outOfSightMs
      last = { text, seenMs: nowMs }
      return !repeated
    },
    resume(nowMs) {
      if (last) last.seenMs = nowMs
    },
  }
}
