import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** A server's process that a test may end and start again. */
export type ServerProcess = {
  child(): ChildProcess
  runs(): boolean
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  start(): Promise<void>
}

/** What the environment says to the server of a test. */
export const serverSettings = (dataDir: string, port: number) => ({
  DATA_DIR: dataDir,
  PORT: String(port),
  DEMO: 'off',
  LOG_LEVEL: 'warn',
  // No test cuts the power: what is written survives the end of a process without waiting for the disk.
  DURABILITY: 'process',
})

/** Starts a server by `launch`, now and whenever it is to be started again. */
export async function keptProcess(launch: () => Promise<ChildProcess>): Promise<ServerProcess> {
  let child = await launch()
  const runs = () => child.exitCode === null && child.signalCode === null
  return {
    child: () => child,
    runs,
    async stop(signal = 'SIGTERM') {
      if (!runs()) return
      const closed = once(child, 'close')
      child.kill(signal)
      await closed
    },
    async start() {
      child = await launch()
    },
  }
}
