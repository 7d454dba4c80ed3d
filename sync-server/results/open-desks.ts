import { AppError } from '../../design-docs/errors.ts'
import type { Couch } from '../couch/client.ts'
import { registeredEvents } from '../setup/event-register.ts'
import { type DeskFollower, followDesk } from './desk-follower.ts'

export type Desks = {
  /** The follower of an event's desk, complete up to now; ZK-PLAN-004 when there is no such event. */
  of(event: string): Promise<DeskFollower>
  /** Stops following an event that is no longer there. */
  letGo(event: string): Promise<void>
  stop(): void
}

/** Followers, one for each event, started at first use. */
export function openDesks(couch: Couch): Desks {
  const followers = new Map<string, Promise<DeskFollower>>()

  async function start(event: string): Promise<DeskFollower> {
    const known = await registeredEvents(couch)
    if (!known.some(({ code }) => code === event)) throw new AppError('ZK-PLAN-004', { figures: { event } })
    const follower = followDesk(couch, event)
    await follower.ready
    return follower
  }

  return {
    of(event) {
      const running = followers.get(event)
      if (running) return running
      const starting = start(event)
      followers.set(event, starting)
      starting.catch(() => followers.delete(event))
      return starting
    },
    async letGo(event) {
      const follower = await followers.get(event)?.catch(() => null)
      follower?.stop()
      followers.delete(event)
    },
    stop() {
      for (const follower of followers.values())
        follower.then(
          (started) => started.stop(),
          () => {},
        )
      followers.clear()
    },
  }
}
