import { parseArgs } from 'node:util'
import { runOperation } from './run-operation.ts'

/** Tries parked keys again, all or one, and lists those that failed once more. */
const { values } = parseArgs({ options: { key: { type: 'string' } } })
const { redriven, parked } = await runOperation('redrive', values.key === undefined ? {} : { key: values.key })
process.stdout.write(`${redriven} tried again\n`)
for (const { _id, error } of parked as { _id: string; error: string }[]) process.stdout.write(`${_id}  ${error}\n`)
