import type { EventDoc } from '../../design-docs/plan.ts'
import type { Installation } from '../login/installation.ts'
import { queueNotice } from '../post/queue-notice.ts'

type About = { plan: EventDoc; retention: number; agreed: boolean }

/** Tells the addresses of the admins once that the date is near; false when there is nobody to tell. */
export async function queueRetentionMail(it: Installation, { plan, retention, agreed }: About): Promise<boolean> {
  const { code: event, name, timeZone } = plan
  const told = await queueNotice(it, {
    key: `retention:${event}:${retention}`,
    event,
    occasion: 'retention',
    retention: { at: retention, name: name.ja, timeZone, agreed },
  })
  return told > 0
}
