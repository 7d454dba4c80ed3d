import { runOperation } from './run-operation.ts'

/** Computes everything anew and lists what differed; ends with 1 when anything did. Names files that it has deleted. */
const { differences, filesLeftOver } = await runOperation('sweep', {})
const found = differences as { database: string; id: string; function: string; kind: string }[]
for (const { database, id, function: name, kind } of found) {
  process.stdout.write(`${kind}  ${database}/${id}  (${name})\n`)
}
for (const key of filesLeftOver as string[]) process.stdout.write(`deleted  ${key}, to which nothing led\n`)
process.stdout.write(`${found.length} differences\n`)
process.exitCode = found.length === 0 ? 0 : 1
