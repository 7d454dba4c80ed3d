import { test } from 'vitest'
import { runKilledSeed } from './run-killed-seed.ts'

test.for([1, 2, 3, 4, 5])(
  '[FZ4] a server killed by kill -9 while phones talk to it loses nothing that it acknowledged: seed %i',
  { timeout: 180_000 },
  (seed) => runKilledSeed(seed),
)
