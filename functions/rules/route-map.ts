import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'

export type MapStop = { x: number; y: number; label: string; visited: boolean }
/** A plain plan of the course: metres to the east and to the south of its north-western corner. */
export type RouteMap = { width: number; height: number; stops: MapStop[]; route: { x: number; y: number }[] }

const metersPerDegree = 111_195.0797
/** A course on one spot still has a plan. */
const leastMeters = 100

type Visits = {
  event: Pick<EventDoc, 'phase'>
  checkpoints: ReadonlyMap<string, CheckpointDoc>
  /** Numbers in the order in which they were visited. */
  visited: readonly string[]
}

/**
 * Where a team went. Checkpoints it did not visit are shown once the event is closed: until then their places may be
 * nobody's business. Null where no place is known.
 */
export function routeMap({ event, checkpoints, visited }: Visits): RouteMap | null {
  const isOver = event.phase === 'closed' || event.phase === 'published'
  const shown = [...checkpoints.values()].filter(
    ({ number, cancelled }) => visited.includes(number) || (isOver && !cancelled),
  )
  if (shown.length === 0) return null
  shown.sort((one, other) => (one.number < other.number ? -1 : 1))
  const west = Math.min(...shown.map(({ lng }) => lng))
  const north = Math.max(...shown.map(({ lat }) => lat))
  const middle = (north + Math.min(...shown.map(({ lat }) => lat))) / 2
  const shrink = Math.cos((middle * Math.PI) / 180)
  const place = ({ lat, lng }: CheckpointDoc) => ({
    x: (lng - west) * metersPerDegree * shrink,
    y: (north - lat) * metersPerDegree,
  })
  const stops = shown.map((one) => ({ ...place(one), label: one.number, visited: visited.includes(one.number) }))
  return {
    width: Math.max(leastMeters, ...stops.map(({ x }) => x)),
    height: Math.max(leastMeters, ...stops.map(({ y }) => y)),
    stops,
    route: visited.flatMap((number) => checkpoints.get(number) ?? []).map(place),
  }
}
