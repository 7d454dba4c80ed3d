import type { Ports } from '../../store/ports.ts'
import { backoffMs } from '../../store/retry.ts'

/** Asks again after a pause that grows with the tries, or when the phone wakes; what it answers calls that off. */
export function askAgain(ports: Pick<Ports, 'after' | 'onWake' | 'random'>, tries: number, again: () => void) {
  const cancelTimer = ports.after(backoffMs(Math.min(tries, 5), ports.random.fraction), again)
  const forget = ports.onWake(again)
  return () => {
    cancelTimer()
    forget()
  }
}
