import { test } from 'vitest'
import { runSeed } from './run-seed.ts'

/** Declares one test a seed; in files of twenty-five, so that they share the machine's cores. */
export function fuzzSeeds({ from, seeds }: { from: number; seeds: number }): void {
  const list = Array.from({ length: seeds }, (_, i) => from + i)
  test.for(list)('[FZ1] all copies agree and nothing acknowledged is lost: seed %i', { timeout: 120_000 }, (seed) =>
    runSeed(seed),
  )
}
