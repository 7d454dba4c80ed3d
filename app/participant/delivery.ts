import type { Fact } from '../../design-docs/facts.ts'
import type { Store } from '../store/types.ts'

/** How far a check-in of this device has come: itself, then its photos. Null: all is there, or it is another device's. */
export type Delivery = 'record' | 'photo' | 'refused' | null

export function deliveryOf({ outbox, cargo }: Pick<Store, 'outbox' | 'cargo'>, checkin: string): Delivery {
  const facts = [...outbox.facts.value.values()].filter(
    (fact) => fact._id === checkin || (fact.type === 'photo' && fact.checkin === checkin),
  )
  const states = outbox.states.value
  const isRefused = ({ _id }: Fact) =>
    states.get(_id)?.state === 'refused' || cargo.photos.value.get(_id)?.state === 'refused'
  if (facts.some(isRefused)) return 'refused'
  if (facts.some(({ _id }) => _id === checkin && states.get(_id)?.state !== 'confirmed')) return 'record'
  const isUnderWay = (id: string) => states.get(id)?.state !== 'confirmed' || cargo.photos.value.has(id)
  return facts.some(({ _id, type }) => type === 'photo' && isUnderWay(_id)) ? 'photo' : null
}
