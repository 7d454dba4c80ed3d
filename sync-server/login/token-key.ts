import type { KeyObject } from 'node:crypto'
import type { JWTHeaderParameters } from 'jose'
import type { Keys } from './keys.ts'

/** The key that a token of ours names: the one that signs now, or one before it that is not forgotten. */
export const tokenKey =
  ({ signing, formerSignings }: Pick<Keys, 'signing' | 'formerSignings'>) =>
  ({ kid }: JWTHeaderParameters): KeyObject => {
    const found = [signing, ...formerSignings].find((one) => one.kid === kid)
    if (!found) throw new Error('the token names no key of ours')
    return found.publicKey
  }
