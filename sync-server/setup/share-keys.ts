import { isDeepStrictEqual } from 'node:util'
import { databaseName, office } from '../../design-docs/databases.ts'
import { type WakeDoc, wakeId } from '../../design-docs/runner-docs.ts'
import { share } from '../../functions/share.ts'
import type { Couch } from '../couch/client.ts'

/** Has the public keys of bibs shared anew wherever phones still have others, since no document changes with a key. */
export async function shareKeys(
  couch: Couch,
  { events, keys, now }: { events: readonly string[]; keys: Record<string, string>; now(): number },
): Promise<void> {
  for (const event of events) {
    const shown = await couch.database(databaseName(event, 'board')).get('keys')
    if (shown === null || isDeepStrictEqual(shown.ed25519, keys)) continue
    const wake = {
      _id: wakeId(event, share.name, 'keys'),
      type: 'wake',
      event,
      function: share.name,
      key: 'keys',
    } as const
    // One that waits already rings as well.
    await couch.database(office).put({ ...wake, at: now() } satisfies WakeDoc)
  }
}
