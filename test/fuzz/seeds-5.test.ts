import { fuzzSeeds } from './fuzz-seeds.ts'

fuzzSeeds({ from: 101, seeds: 25 })
