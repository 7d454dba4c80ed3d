import { createPrivateKey, sign } from 'node:crypto'
import { type Bib, signBib } from '../../functions/rules/bib-qr.ts'

/** RFC 8032 section 7.1, test 1, as PKCS#8. */
const der = '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
const key = createPrivateKey({ key: Buffer.from(der, 'hex'), format: 'der', type: 'pkcs8' })

/** The text of a bib signed by a key that is the same in every run. */
export const testBibText = (bib: Omit<Bib, 'kid'>): Promise<string> =>
  signBib({ ...bib, kid: 'K1' }, async (message) => sign(null, message, key))

export const testBibTexts = async (bib: Omit<Bib, 'kid'>): Promise<string[]> => [await testBibText(bib)]
