import type { Person } from '../../design-docs/derived.ts'
import { personId } from '../../design-docs/ids.ts'
import type { Store } from '../store/types.ts'

/** The name behind an account as far as this phone knows it, else the account itself. */
export function personName(store: Store, account: string): string {
  const person = store.mirrors.carried.docs.value.get(personId(account)) as Person | undefined
  return person?.name ?? account
}
