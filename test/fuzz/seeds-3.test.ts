import { fuzzSeeds } from './fuzz-seeds.ts'

fuzzSeeds({ from: 51, seeds: 25 })
