import type { StationState } from '../../design-docs/stations.ts'

type Standing = { id: string; state: StationState; mails: number }

/** How many of so many are to be active; at least one. */
export const activeWanted = (count: number, share: number) => Math.max(1, Math.round(count * share))

/**
 * Which stations are active and which on standby: those that are active stay so; where some are missing, the standby
 * ones with the fewest mails take their place; where there are too many, those with the most mails step back. Retired
 * ones stay out.
 */
export function stationStates(stations: readonly Standing[], share: number): Map<string, StationState> {
  const well = stations.filter(({ state }) => state !== 'retired')
  const wanted = activeWanted(well.length, share)
  const isActive = ({ state }: Standing) => Number(state === 'active')
  const ranked = well.toSorted(
    (one, other) => isActive(other) - isActive(one) || one.mails - other.mails || (one.id < other.id ? -1 : 1),
  )
  const active = new Set(ranked.slice(0, wanted).map(({ id }) => id))
  return new Map(
    stations.map(({ id, state }) => [id, state === 'retired' ? state : active.has(id) ? 'active' : 'standby']),
  )
}
