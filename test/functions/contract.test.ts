import { functions } from '../../functions/index.ts'
import { functionContract } from './contract.ts'

for (const spec of functions) functionContract(spec)
