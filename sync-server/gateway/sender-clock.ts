import type { ArrivalFact } from '../../design-docs/facts.ts'
import { arrival } from '../../design-docs/facts.ts'

/** `x-zekken-clock`: `<deviceNowMs>;<offsetMs>;<bootId>;<monotonicMs>` as the sender's clock stood; null when absent or unreadable. */
export function readSenderClock(header: string | undefined, device: string): NonNullable<ArrivalFact['clock']> | null {
  const [deviceAt, offsetMs, bootId, monotonicMs, ...more] = (header ?? '').split(';')
  if (more.length > 0 || !bootId) return null
  const clock = {
    device,
    deviceAt: Number(deviceAt),
    offsetMs: Number(offsetMs),
    bootId: bootId.slice(0, 40),
    monotonicMs: Number(monotonicMs),
  }
  const parsed = arrival.shape.clock.safeParse(clock)
  return parsed.success ? (parsed.data ?? null) : null
}
