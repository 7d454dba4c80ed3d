import { parseArgs } from 'node:util'
import type { ChainReport } from '../audit/verify-chain.ts'
import { runOperation } from './run-operation.ts'

const { values } = parseArgs({ options: { verify: { type: 'boolean', default: true }, head: { type: 'string' } } })

/**
 * Checks that the log of what organizers did is whole; ends with 1 and names the first broken line when it is not. The
 * printed hash, noted down elsewhere, can be asked for later with `--head`: then nothing was cut off the end.
 */
const report = (await runOperation('audit', values.head === undefined ? {} : { head: values.head })) as ChainReport
const { lines, forgotten, head, broken, holds } = report
process.stdout.write(`${lines} lines, ${forgotten} of forgotten events, up to ${head.seq} ${head.hash}\n`)
if (broken) process.stdout.write(`broken at line ${broken.seq} (${broken.id}): ${broken.problem}\n`)
if (holds === false) process.stdout.write(`the hash ${values.head} is not in the log\n`)
process.exitCode = broken || holds === false ? 1 : 0
