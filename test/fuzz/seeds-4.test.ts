import { fuzzSeeds } from './fuzz-seeds.ts'

fuzzSeeds({ from: 76, seeds: 25 })
