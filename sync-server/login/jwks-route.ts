import type { Handler } from 'hono'
import type { Installation } from './installation.ts'

/** The public keys of access tokens, to be served at `/.well-known/jwks.json`. https://www.rfc-editor.org/rfc/rfc7517 */
export const answerJwks =
  ({ keys }: Installation): Handler =>
  (c) => {
    c.header('cache-control', 'public, max-age=300')
    return c.json({ keys: [keys.signing, ...keys.formerSignings].map(({ jwk }) => jwk) })
  }
