import { effect } from '@preact/signals'
import { carriedParcels } from '../store/parcels/carried-parcels.ts'
import { carriesUnder } from '../store/parcels/parcel-names.ts'
import type { Store } from '../store/types.ts'

const carrying = new WeakSet<Store>()

/** From now on brings what this phone carries for others whenever a round has reached the server. */
export function carryWhenOnline(store: Store): void {
  if (carrying.has(store)) return
  carrying.add(store)
  effect(() => {
    const { busy, link } = store.status
    if (!busy.value && link.value === 'online') void bring(store)
  })
}

/** Failing is no failure of the sync: the next round tries again. */
async function bring(store: Store): Promise<void> {
  const parts = store.parts()
  if (!parts.ports.keyValue.get(carriesUnder)) return
  try {
    await (await carriedParcels(parts))?.handIn()
  } catch (error) {
    parts.ports.warn('the files carried for other phones could not be brought', error)
  }
}
