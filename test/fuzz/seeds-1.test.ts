import { fuzzSeeds } from './fuzz-seeds.ts'

fuzzSeeds({ from: 1, seeds: 25 })
