import { parseArgs } from 'node:util'
import { functions } from '../../functions/index.ts'
import { replayProgress } from './replay-progress.ts'
import { runOperation } from './run-operation.ts'

/** Sends a function back to the beginning of its feeds and says how far it is, until it has come to the end again. */
const names = functions.map(({ name }) => name)
const { values } = parseArgs({ options: { function: { type: 'string' } } })
if (!values.function || !names.includes(values.function)) {
  process.stderr.write(`npm run replay -- --function ${names.join('|')}\n`)
  process.exitCode = 1
} else {
  const { function: name } = values
  const progress = replayProgress()
  let saidMs = 0
  const { events } = await runOperation('replay', { function: name }, ({ left }) => {
    const text = left === undefined ? null : progress(Number(left), Date.now())
    // A file wants a line now and then, a screen one line that changes.
    if (text === null || (!process.stdout.isTTY && Date.now() - saidMs < 5000)) return
    saidMs = Date.now()
    process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${name}: ${text}` : `${name}: ${text}\n`)
  })
  if (process.stdout.isTTY) process.stdout.write('\r\x1b[K')
  process.stdout.write(`${name} has been replayed at ${events} ${events === 1 ? 'event' : 'events'}\n`)
}
