import type { Http } from './http.ts'
import type { KeyValue } from './ports.ts'

export const keysUnder = 'zekken:jwks'

/** Keeps the server's public keys from the day of the sign-in, so that an order to wipe can be told from a forgery. */
export async function keepServerKeys(http: Http, keyValue: KeyValue): Promise<void> {
  const answer = await http('/.well-known/jwks.json')
  if (answer.kind === 'ok') keyValue.set(keysUnder, JSON.stringify(answer.body))
}
