import { parseArgs } from 'node:util'
import { functions } from '../../functions/index.ts'
import { runOperation } from './run-operation.ts'

/** Sends a function back to the beginning of its feeds and waits until it has come to the end again. */
const names = functions.map(({ name }) => name)
const { values } = parseArgs({ options: { function: { type: 'string' } } })
if (!values.function || !names.includes(values.function)) {
  process.stderr.write(`npm run replay -- --function ${names.join('|')}\n`)
  process.exitCode = 1
} else {
  const { events } = await runOperation('replay', { function: values.function })
  process.stdout.write(`${values.function} has been replayed at ${events} events\n`)
}
