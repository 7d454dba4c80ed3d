import { fuzzSeeds } from './fuzz-seeds.ts'

fuzzSeeds({ from: 176, seeds: 25 })
