import { fuzzSeeds } from './fuzz-seeds.ts'

fuzzSeeds({ from: 126, seeds: 25 })
