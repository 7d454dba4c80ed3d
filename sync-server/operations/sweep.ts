import { runOperation } from './run-operation.ts'

/** Computes everything anew and lists what differed; ends with 1 when anything did. */
const { differences } = await runOperation('sweep', {})
const found = differences as { database: string; id: string; function: string; kind: string }[]
for (const { database, id, function: name, kind } of found) {
  process.stdout.write(`${kind}  ${database}/${id}  (${name})\n`)
}
process.stdout.write(`${found.length} differences\n`)
process.exitCode = found.length === 0 ? 0 : 1
