import { fuzzSeeds } from './fuzz-seeds.ts'

fuzzSeeds({ from: 26, seeds: 25 })
