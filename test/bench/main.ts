/** `npm run bench [-- name …]`: every file in `rooms/`, one after another, each in a process of its own. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const rooms = join(import.meta.dirname, 'rooms')
const all = readdirSync(rooms)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`There is no bench called ${unknown.join(', ')}. There are: ${all.join(', ')}.\n`)
  process.exit(2)
}
for (const name of wanted.length > 0 ? wanted : all) {
  process.stdout.write(`\n# ${name}\n`)
  const { status } = spawnSync(process.execPath, [join(rooms, `${name}.ts`)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) process.exitCode = 1
}
