import type { RemovedRecord } from './compact-documents.ts'
import type { Records } from './level.ts'
import { kinds, startingWith } from './records.ts'

/** LevelDB does nothing else while it rewrites, so it is given this much at once; writers fill its log meanwhile. */
const bytesAtOnce = 16 * 1024 * 1024
/** The least that LevelDB rewrites: a whole file. */
const fileBytes = 2 * 1024 * 1024
/** A stretch of which less was removed than this share is left to LevelDB's own tidying. */
const worthwhileShare = 0.25

/** A stretch of keys, its first and last included. */
type Stretch = { first: string; last: string }

/**
 * Gives the disk back what removed records took: LevelDB would keep them until a level is full, which for bodies in
 * rising order may be never. `thorough` rewrites wherever anything was removed.
 */
export async function reclaimDisk(
  records: Records,
  removed: readonly RemovedRecord[],
  options: { thorough: boolean; shouldStop: () => boolean },
): Promise<void> {
  const sorted = [...removed].sort((a, b) => (a.key < b.key ? -1 : 1))
  for (const kind of [kinds.body, kinds.bytes]) {
    await reclaim(sorted.filter(({ key }) => key.startsWith(kind)))
  }
  if (options.thorough && !options.shouldStop()) {
    const { gt, lt } = startingWith(kinds.document)
    await records.rewrite(gt, lt)
  }

  /** Halves the records until what lies between the first and the last is little enough. */
  async function reclaim(part: readonly RemovedRecord[]): Promise<void> {
    const stretch = stretchOf(part)
    if (!stretch || options.shouldStop()) return
    const size = await records.sizeOnDisk(stretch.first, `${stretch.last}\0`)
    if (size > bytesAtOnce && part.length > 1) {
      const middle = Math.ceil(part.length / 2)
      await reclaim(part.slice(0, middle))
      await reclaim(part.slice(middle))
      return
    }
    const bytes = part.reduce((sum, record) => sum + record.bytes, 0)
    const isWorthwhile = bytes >= Math.max(size, fileBytes) * worthwhileShare
    if (options.thorough || isWorthwhile) await records.rewrite(stretch.first, stretch.last)
  }
}

function stretchOf(part: readonly RemovedRecord[]): Stretch | undefined {
  const [first, last] = [part[0], part.at(-1)]
  return first && last && { first: first.key, last: last.key }
}
