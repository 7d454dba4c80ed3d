import { readConfig } from './config.ts'
import { firstSteps } from './setup/first-steps.ts'
import { startServer } from './start-server.ts'

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const server = await startServer(config, process.env)
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(1)
    stopping = true
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  await firstSteps(server, config, (text) => process.stdout.write(text)).catch((error: unknown) => {
    // A server that is told to stop answers its own first steps no more; the next start takes them up.
    if (!stopping) throw error
  })
}
