import { afterAll, beforeAll } from 'vitest'
import { functions } from '../../functions/index.ts'
import { functionContract, orderContract, type SettledDay, settledDay } from './contract.ts'

let settled: SettledDay
beforeAll(async () => {
  settled = await settledDay()
})
afterAll(() => settled?.it.close())

for (const spec of functions) functionContract(spec, () => settled)
orderContract(() => settled)
