/** A position is stored at most so often: read again from an older one, the same comes of it. */
const storeEveryMs = 3000
/** A position that only passed changes of no concern is stored when it has passed so many. */
const idleChanges = 2000

/** How far a position has gone since it was stored, and when that has to be made good. */
export function countUnstored(now: () => number) {
  let storedAt = Number.NEGATIVE_INFINITY
  let batches = 0
  let changes = 0
  /** A clock that was set back must not put it off. */
  const isStoredLately = () => now() >= storedAt && now() - storedAt < storeEveryMs

  return {
    isStoredLately,
    /** Whether work has been done that should not wait any longer. */
    isDue: () => batches > 0 && !isStoredLately(),
    dueAt: () => (batches > 0 ? storedAt + storeEveryMs : Number.POSITIVE_INFINITY),
    hasWork: () => batches > 0,
    isEmpty: () => batches + changes === 0,
    passedBatch: () => void batches++,
    /** Answers whether so many have been passed that it is time. */
    passedIdly(count: number): boolean {
      changes += count
      return changes > idleChanges
    },
    stored() {
      batches = 0
      changes = 0
      storedAt = now()
    },
  }
}
