import type { Ports } from './ports.ts'

/** Pause before try number `failures` + 1: doubles from one second up to two minutes, the half of it by chance. */
export function backoffMs(failures: number, fraction: () => number): number {
  const fullMs = Math.min(120_000, 1_000 * 2 ** Math.min(failures, 10))
  return fullMs / 2 + (fullMs / 2) * fraction()
}

/** Worth another try as it is: the server was busy, starting, or not reached in time. */
export const isTransient = (status: number) => status === 408 || status === 429 || status >= 500

/** Resolves after a while, at once when one of the signals says so. */
export function pause(ports: Pick<Ports, 'after'>, ms: number, signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel()
      for (const signal of signals) signal.removeEventListener('abort', end)
      resolve()
    }
    const cancel = ports.after(ms, end)
    for (const signal of signals) signal.addEventListener('abort', end)
    if (signals.some(({ aborted }) => aborted)) end()
  })
}
