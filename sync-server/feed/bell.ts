/** Wakes a waiting loop. The loop first sets it back, then looks for work, then waits: no ring falls in between. */
export type Bell = { ring(): void; reset(): void; rung(): Promise<void> }

export function createBell(): Bell {
  let waiting = Promise.withResolvers<void>()
  return {
    ring: () => waiting.resolve(),
    reset() {
      waiting = Promise.withResolvers<void>()
    },
    rung: () => waiting.promise,
  }
}
