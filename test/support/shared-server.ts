/**
 * The server of `sharedZekken`: the product's own, which makes an event for every message of the process that started it,
 * and goes with it.
 */
import { rmSync } from 'node:fs'
import { readConfig } from '../../sync-server/config.ts'
import { startServer } from '../../sync-server/start-server.ts'
import { makeEvent, type WholeEvent } from './make-event.ts'

export type Answer = 'runs' | 'made' | { failed: string }

const config = readConfig(process.env)
const server = await startServer(config, process.env)
const say = (answer: Answer) => process.send?.(answer)

process.on('message', (event: WholeEvent) => {
  make(event).then(
    () => say('made'),
    (error: unknown) => say({ failed: String(error) }),
  )
})
process.on('SIGTERM', () => {
  server.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  )
})
process.on('disconnect', () => {
  rmSync(config.dataDir, { recursive: true, force: true })
  process.exit()
})
say('runs')

async function make(event: WholeEvent): Promise<void> {
  await makeEvent(server.it.couch, event)
  await server.runner?.drain()
}
