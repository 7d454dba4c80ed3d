import { sign } from 'node:crypto'
import { type Bib, signBib } from '../../functions/rules/bib-qr.ts'
import type { Keys } from './keys.ts'

/** The text of a bib's QR, signed with the installation's key. */
export const bibTextOf = ({ bib }: Keys, asked: Omit<Bib, 'kid'>): Promise<string> => signedBy(bib, asked)

/** The same under every key that may have signed a bib in use, as `seal` needs them; that which signs now comes first. */
export const bibTextsOf = ({ bib, formerBibs }: Keys, asked: Omit<Bib, 'kid'>): Promise<string[]> =>
  Promise.all([bib, ...formerBibs].map((key) => signedBy(key, asked)))

const signedBy = ({ kid, privateKey }: Keys['formerBibs'][number], asked: Omit<Bib, 'kid'>) =>
  signBib({ ...asked, kid }, async (message) => sign(null, message, privateKey))
