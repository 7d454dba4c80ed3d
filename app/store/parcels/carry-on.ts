import type { StoreParts } from '../types.ts'
import { carriedParcels } from './carried-parcels.ts'

/** Brings the server what this phone carries for others, after a round that reached it. Failing is no failure of the sync. */
export async function carryOn(parts: StoreParts): Promise<void> {
  try {
    await (await carriedParcels(parts))?.handIn()
  } catch (error) {
    parts.ports.warn('the files carried for other phones could not be brought', error)
  }
}
