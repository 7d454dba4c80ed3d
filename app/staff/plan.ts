import type { KeysDoc } from '../../design-docs/derived.ts'
import type { BibKeys } from '../../functions/rules/bib-qr.ts'
import type { RulesPlan } from '../../functions/rules/rules-plan.ts'
import type { Phone } from './phone.ts'

/** What the phone judges by: the plan, the public keys of bibs, and the bibs that no longer hold. */
export type PhonePlan = { plan: RulesPlan; keys: BibKeys; revoked: KeysDoc['revoked'] }

/** Null until the event has arrived: before that nothing can be told from anything. */
export function planOf({ event, checkpoints, store }: Phone): PhonePlan | null {
  if (event.value === null) return null
  const keys = store.mirrors.board.docs.value.get('keys') as unknown as KeysDoc | undefined
  return {
    plan: { event: event.value, checkpoints: checkpoints.value },
    keys: keys?.ed25519 ?? {},
    revoked: keys?.revoked ?? [],
  }
}
