export type Wake = 'changed' | 'timeout' | 'aborted'
export type ChangeBell = ReturnType<typeof changeBell>

/** Wakes those who wait for a change. Counting makes a change between looking and waiting impossible to miss. */
export function changeBell() {
  const waiting = new Set<() => void>()
  let count = 0
  return {
    count: () => count,
    waiting: () => waiting.size,
    ring(): void {
      count++
      for (const wake of [...waiting]) wake()
    },
    /** Waits until the bell has rung more often than `heard` times. */
    wait(heard: number, { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal }): Promise<Wake> {
      return new Promise((resolve) => {
        if (signal.aborted) return resolve('aborted')
        if (count !== heard) return resolve('changed')
        const finish = (wake: Wake) => {
          waiting.delete(onRing)
          clearTimeout(timer)
          signal.removeEventListener('abort', onAbort)
          resolve(wake)
        }
        const onRing = () => finish('changed')
        const onAbort = () => finish('aborted')
        const timer = setTimeout(() => finish('timeout'), timeoutMs)
        waiting.add(onRing)
        signal.addEventListener('abort', onAbort, { once: true })
      })
    },
  }
}
