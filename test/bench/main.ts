/**
 * `npm run bench [-- name …]`: every file in `rooms/`, one after another, each in a process of its own; a name brings those
 * that begin with it. It fails with the rooms that missed a goal or broke, and names them at the end.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** As `npm start` has it. */
const asStarted = ['--max-semi-space-size=16']
const rooms = join(import.meta.dirname, 'rooms')
const all = readdirSync(rooms)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
const asked = process.argv.slice(2)
const isMeant = (name: string) => (room: string) => room === name || room.startsWith(`${name}-`)
const wanted = all.filter((room) => asked.some((name) => isMeant(name)(room)))
const unknown = asked.filter((name) => !all.some(isMeant(name)))
if (unknown.length > 0) {
  process.stderr.write(`There is no bench called ${unknown.join(', ')}. There are: ${all.join(', ')}.\n`)
  process.exit(2)
}
const failed: string[] = []
for (const name of wanted.length > 0 ? wanted : all) {
  process.stdout.write(`\n# ${name}\n`)
  const { status } = spawnSync(process.execPath, [...asStarted, join(rooms, `${name}.ts`)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) failed.push(name)
}
if (failed.length > 0) process.stdout.write(`\nMISSED in: ${failed.join(', ')}\n`)
process.exitCode = failed.length > 0 ? 1 : 0
