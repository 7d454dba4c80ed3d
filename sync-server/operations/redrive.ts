import { parseArgs } from 'node:util'
import { runOperation } from './run-operation.ts'

/** Tries parked keys again, all or one, and lists those that failed once more; or passes it on to who runs the functions. */
const { values } = parseArgs({ options: { key: { type: 'string' } } })
const {
  redriven,
  parked = [],
  passedOn,
} = await runOperation('redrive', values.key === undefined ? {} : { key: values.key })
const said =
  passedOn === undefined ? `${redriven} tried again` : `${passedOn} passed on to the process that runs the functions`
process.stdout.write(`${said}\n`)
for (const { _id, error } of parked as { _id: string; error: string }[]) process.stdout.write(`${_id}  ${error}\n`)
