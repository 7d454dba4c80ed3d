import { distanceMeters } from '../../../functions/rules/distance.ts'
import type { Chance } from './chance.ts'
import type { CoursePoint } from './course.ts'

/** One visit of a team to a place, in true time; the errors are what a day in the hills brings. */
export type Visit = {
  at: number
  point: CoursePoint
  position: { lat: number; lng: number; accuracyMeters: number }
  photo: boolean
  /** The team pressed the button a second time some minutes later. */
  again: boolean
}

type Walk = { points: readonly CoursePoint[]; startAt: number; limitMinutes: number; chance: Chance }

const minute = 60_000
/** Roads and slopes make a way longer than the line on the map. */
const detour = 1.35

/** Walks from checkpoint to checkpoint until the time is nearly used up; some misjudge it and come late. */
export function planJourney({ points, startAt, limitMinutes, chance }: Walk): { visits: Visit[]; goalAt: number } {
  const goal = points.find((point) => point.kind === 'goal')!
  const open = new Set(points.filter((point) => point.kind === 'photo' || point.kind === 'staffed'))
  const metersPerMs = (chance.between(38, 78) / 10) * (1000 / 3_600_000)
  const spare = chance.next() < 0.12 ? -chance.between(2, 34) : chance.between(1, 20)
  const backBy = startAt + (limitMinutes - spare) * minute
  const visits: Visit[] = []
  let here = points.find((point) => point.kind === 'start')!
  let now = startAt
  while (open.size > 0) {
    const near = [...open].sort((a, b) => distanceMeters(here, a) - distanceMeters(here, b)).slice(0, 4)
    const next = chance.pick(near)
    const arriveAt = now + walk(here, next) + chance.between(1, 4) * minute
    if (arriveAt + walk(next, goal) > backBy) break
    open.delete(next)
    visits.push(visit(next, arriveAt, chance))
    here = next
    now = arriveAt
  }
  const goalAt = Math.max(now + walk(here, goal), backBy - chance.between(0, 6) * minute)
  return { visits, goalAt: Math.round(goalAt) }

  function walk(from: CoursePoint, to: CoursePoint): number {
    return (distanceMeters(from, to) * detour) / metersPerMs
  }
}

function visit(point: CoursePoint, at: number, chance: Chance): Visit {
  const roll = chance.next()
  const offMeters = roll < 0.05 ? chance.between(58, 170) : chance.between(0, 28)
  const accuracyMeters = roll > 0.96 ? chance.between(130, 400) : chance.between(4, 24)
  const angle = chance.next() * 2 * Math.PI
  const position = {
    lat: point.lat + (offMeters * Math.cos(angle)) / 111_320,
    lng: point.lng + (offMeters * Math.sin(angle)) / (111_320 * Math.cos((point.lat * Math.PI) / 180)),
    accuracyMeters,
  }
  return { at: Math.round(at), point, position, photo: chance.next() > 0.04, again: chance.next() < 0.05 }
}
