import { isDeepStrictEqual } from 'node:util'
import { databaseName, office } from '../../design-docs/databases.ts'
import { type WakeDoc, wakeId } from '../../design-docs/runner-docs.ts'
import { everyTeam } from '../../functions/define.ts'
import { leftOvers, seal } from '../../functions/seal.ts'
import { share } from '../../functions/share.ts'
import type { Couch } from '../couch/client.ts'

/**
 * Has the public keys of bibs shared anew wherever phones still have others, since no document changes with a key; before
 * that every card sealed for the bibs of each key, and what a forgotten key opened taken away.
 */
export async function shareKeys(
  couch: Couch,
  { events, keys, now }: { events: readonly string[]; keys: Record<string, string>; now(): number },
): Promise<void> {
  for (const event of events) {
    const shown = await couch.database(databaseName(event, 'board')).get('keys')
    if (shown === null || isDeepStrictEqual(shown.ed25519, keys)) continue
    for (const [name, key] of [
      [seal.name, everyTeam],
      [seal.name, leftOvers],
      [share.name, 'keys'],
    ] as const) {
      const wake: WakeDoc = { _id: wakeId(event, name, key), type: 'wake', event, function: name, key, at: now() }
      // One that waits already rings as well.
      await couch.database(office).put(wake)
    }
  }
}
