import { expect, test } from 'vitest'
import { settleDown, smallDay } from '../functions/scenario.ts'
import { openEvent } from './support/open-event.ts'

for (const seed of [1, 2, 3]) {
  test(`[RUN17] killed at any write, before or after it took effect, nothing is lost (seed ${seed})`, {
    timeout: 120_000,
  }, async () => {
    const random = seeded(seed)
    const { facts, files } = await smallDay()
    const [killed, calm] = [await openEvent(), await openEvent()]
    try {
      for (const it of [killed, calm]) for (const [key, bytes] of files) it.files.set(key, bytes)
      let kills = 0
      for (const fact of facts) {
        await killed.write('log', [fact])
        for (let lives = 0; lives < 2; lives++) {
          const fatal = Math.floor(random() * 8)
          let writes = 0
          const cut = Promise.withResolvers<void>()
          const isFatal = () => {
            if (writes++ < fatal) return false
            kills++
            cut.resolve()
            return true
          }
          killed.link.cutAt(isFatal, random() < 0.5 ? 'before' : 'after')
          const runner = await killed.run().catch(() => null)
          await Promise.race([cut.promise, runner?.drain()])
          // The old process must not go on behind the back of the new one.
          killed.link.cut()
          await runner?.stop()
          killed.link.restore()
        }
      }
      expect(kills).toBeGreaterThan(10)
      await calm.write('log', facts)
      for (const it of [killed, calm]) await settleDown(it, await it.run())
      expect(await killed.snapshot()).toEqual(await calm.snapshot())
    } finally {
      await killed.close()
      await calm.close()
    }
  })
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
