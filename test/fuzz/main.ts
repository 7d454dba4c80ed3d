import { parseArgs } from 'node:util'
import { runSeed } from './run-seed.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string' },
  },
})
const from = Number(values.from)
const seeds = Number(values.seeds)
const steps = values.steps === undefined ? {} : { steps: Number(values.steps) }
const failed: number[] = []
const begun = Date.now()
for (let seed = from; seed < from + seeds; seed++) {
  try {
    await runSeed(seed, steps)
  } catch (error) {
    failed.push(seed)
    console.log(error instanceof Error ? error.message : error)
  }
}
const seconds = ((Date.now() - begun) / 1000).toFixed(1)
console.log(`${seeds - failed.length} seeds passed, ${failed.length} failed in ${seconds} s`)
if (failed.length > 0) console.log(`failed: ${failed.join(' ')}`)
process.exit(failed.length === 0 ? 0 : 1)
