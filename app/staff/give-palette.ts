import type { FactOf } from '../../design-docs/facts.ts'
import { standingFacts } from './own-facts.ts'
import type { Phone } from './phone.ts'
import type { Shown } from './scan-flow.ts'

export type Giving =
  | { state: 'given'; fact: FactOf<'collected'> }
  /** `ours`: what this phone gave and could take back. */
  | { state: 'had'; ours: FactOf<'collected'> | null }

const given = new WeakMap<Shown, Promise<Giving>>()

/** Gives the palette of this corner to whom a scan found, once for each scan however often it is shown. */
export function givePalette(phone: Phone, seen: Shown, palette: string): Promise<Giving> {
  const known = given.get(seen)
  if (known) return known
  const giving = give(phone, seen, palette)
  given.set(seen, giving)
  // What could not be kept is tried again when it is asked for again.
  giving.catch(() => given.delete(seen))
  return giving
}

async function give(phone: Phone, { verdict, stamp }: Shown, palette: string): Promise<Giving> {
  const { team, card, verified } = verdict
  if (team === null) throw new Error('nobody to give it to')
  const [ours = null] = standingFacts(phone.store.outbox.facts.value, team, 'collected').filter(
    (one) => one.palette === palette,
  )
  if (ours || card?.palettes?.includes(palette)) return { state: 'had', ours }
  return {
    state: 'given',
    fact: await phone.store.outbox.append({ type: 'collected', team, palette, verified }, stamp),
  }
}
