import { type Entrant, receipt } from '../../design-docs/entry.ts'
import { type Entered, findEntrant, isNumbered } from '../entry/entrants.ts'
import type { Installation } from './installation.ts'
import { readDoc } from './office.ts'

/** A number as typed: of any width and case, and one number however many zeros stand before it. */
export const typedNumber = (text: string) =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\s/g, '')
    .replace(/^0+(?=[0-9]+$)/, '')

/** Who entered under a receipt number, however its zeros were typed, and has not withdrawn; null when nobody did. */
export async function entrantOfNumber(it: Installation, event: string, number: string): Promise<Entered | null> {
  const claim = await readDoc(it.office, `receipt:${event}:${number.padStart(7, '0')}`, receipt)
  const found: Entrant | null = await findEntrant(it, event, claim?.draft ?? 'nobody')
  const isMeant = found && isNumbered(found) && typedNumber(found.number) === typedNumber(number)
  return isMeant && found.withdrawnAt === undefined ? found : null
}
