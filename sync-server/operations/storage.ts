import { parseArgs } from 'node:util'
import { moveFiles } from '../images/move-files.ts'
import { openStorage } from '../images/open-storage.ts'
import { readStoragePlace } from '../images/storage-place.ts'

/**
 * Brings all files from one storage into another and verifies each. May be run while the server works, and is then run
 * once more when it is stopped; a move that was broken off goes on. `--delete` empties the old place at the end, when
 * every copy was found right.
 */
const usage = `npm run storage -- --from ADDRESS --to ADDRESS [--delete]
  addresses as in STORAGE_URL: file:///folder or s3://bucket/prefix?endpoint=https://…
`
const { values } = parseArgs({
  options: { from: { type: 'string' }, to: { type: 'string' }, delete: { type: 'boolean', default: false } },
})

async function move(fromAddress: string, toAddress: string): Promise<boolean> {
  const open = async (address: string) => await openStorage(readStoragePlace(address, process.env))
  const [from, to] = await Promise.all([open(fromAddress), open(toAddress)])
  await Promise.all([from.check(), to.check()])
  let toldAt = 0
  const report = await moveFiles({
    from,
    to,
    remove: values.delete,
    onProgress({ done, total, bytes, failed }) {
      if (Date.now() - toldAt < 1000 && done < total) return
      toldAt = Date.now()
      const megabytes = (bytes / 1_048_576).toFixed(1)
      process.stderr.write(`${done} of ${total} files, ${megabytes} MB sent, ${failed} failed\n`)
    },
  })
  for (const { key, reason } of report.failures) process.stderr.write(`${key}: ${reason}\n`)
  process.stdout.write(
    `${report.total} files: ${report.copied} sent, ${report.total - report.copied - report.failed} were there, ${report.failed} failed, ${report.deleted} deleted\n`,
  )
  return report.failed === 0
}

if (!values.from || !values.to || values.from === values.to) {
  process.stderr.write(usage)
  process.exitCode = 2
} else {
  const isWhole = await move(values.from, values.to).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return false
  })
  process.exitCode = isWhole ? 0 : 1
}
