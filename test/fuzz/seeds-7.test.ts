import { fuzzSeeds } from './fuzz-seeds.ts'

fuzzSeeds({ from: 151, seeds: 25 })
