import { sign } from 'node:crypto'
import { type Bib, signBib } from '../../functions/rules/bib-qr.ts'
import type { Keys } from './keys.ts'

/** The text of a bib's QR, signed with the installation's key. */
export const bibTextOf = ({ bib }: Keys, asked: Omit<Bib, 'kid'>): Promise<string> =>
  signBib({ ...asked, kid: bib.kid }, async (message) => sign(null, message, bib.privateKey))
