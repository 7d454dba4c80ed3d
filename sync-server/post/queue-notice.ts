import { ulid } from '../../design-docs/ids.ts'
import { type Outgoing, outgoingId, sentId } from '../../design-docs/mail.ts'
import { postSettings } from '../../design-docs/stations.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc } from '../login/office.ts'

type Notice = Pick<Outgoing, 'event' | 'occasion' | 'retention' | 'infected'> & {
  /** The same happening has the same key: each address hears of it once. */
  key: string
}
type Parts = Pick<Installation, 'office' | 'now' | 'random'>

/** Writes to every address that admins named for news; answers how many there are. */
export async function queueNotice({ office, now, random }: Parts, { key: about, ...said }: Notice): Promise<number> {
  const settings = await readDoc(office, 'post-settings', postSettings)
  const queuedAt = now()
  for (const to of settings?.notifyTo ?? []) {
    const key = `${about}:${to}`.slice(0, 200)
    if (await office.get(sentId(key))) continue
    const mail: Outgoing = {
      _id: outgoingId(key),
      type: 'outgoing',
      key,
      kind: 'notice',
      draft: ulid(queuedAt, random(10)),
      state: 'waiting',
      queuedAt,
      nextAt: queuedAt,
      tries: 0,
      to,
      ...said,
    }
    // One that waits already is the same.
    await office.put(mail as CouchDoc)
  }
  return settings?.notifyTo.length ?? 0
}
