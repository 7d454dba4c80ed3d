import type { Card } from '../../design-docs/derived.ts'
import type { CheckpointDoc } from '../../design-docs/plan.ts'
import type { LegEnd } from '../../functions/rules/legs.ts'
import { legsOf } from '../../functions/rules/legs.ts'
import { compareNumbers } from '../../functions/rules/rank.ts'
import type { ResultSet } from './result-set.ts'
import { said } from './sheets.ts'

export type RouteStop = { number: string; name: string; place: CheckpointDoc; at: number; points: number }

/** Each team with the places where it was and that count, in order of time; a start on no map is left out. */
export function* routesOf(set: ResultSet): Generator<{ card: Card; stops: RouteStop[] }> {
  const { source, language } = set
  for (const card of [...set.cards()].sort((a, b) => compareNumbers(a.team, b.team))) {
    const points = new Map(card.checkpoints.map((row) => [row.checkpoint, row.points]))
    const stopAt = ({ checkpoint, at }: LegEnd): RouteStop[] => {
      const place = checkpoint === null ? undefined : source.checkpoints.get(checkpoint)
      if (!place) return []
      const name = said(place.name, language)
      return [{ number: place.number, name, place, at, points: points.get(place.number) ?? 0 }]
    }
    const [first, ...others] = legsOf(card, source)
    if (!first) continue
    yield { card, stops: [first.from, first.to, ...others.map(({ to }) => to)].flatMap(stopAt) }
  }
}
