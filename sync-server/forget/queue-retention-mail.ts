import { ulid } from '../../design-docs/ids.ts'
import { type Outgoing, outgoingId, sentId } from '../../design-docs/mail.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { postSettings } from '../../design-docs/stations.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc } from '../login/office.ts'

type About = { plan: EventDoc; retention: number; agreed: boolean }

/** Tells the addresses of the admins once that the date is near; false when there is nobody to tell. */
export async function queueRetentionMail(it: Installation, { plan, retention, agreed }: About): Promise<boolean> {
  const settings = await readDoc(it.office, 'post-settings', postSettings)
  const queuedAt = it.now()
  for (const to of settings?.notifyTo ?? []) {
    const key = `retention:${plan.code}:${retention}:${to}`.slice(0, 200)
    if (await it.office.get(sentId(key))) continue
    const mail: Outgoing = {
      _id: outgoingId(key),
      type: 'outgoing',
      key,
      event: plan.code,
      kind: 'notice',
      draft: ulid(queuedAt, it.random(10)),
      occasion: 'retention',
      state: 'waiting',
      queuedAt,
      nextAt: queuedAt,
      tries: 0,
      to,
      retention: { at: retention, name: plan.name.ja, timeZone: plan.timeZone, agreed },
    }
    // One that waits already is the same.
    await it.office.put(mail as CouchDoc)
  }
  return (settings?.notifyTo.length ?? 0) > 0
}
