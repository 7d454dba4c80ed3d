import type { Place } from '../../functions/rules/distance.ts'
import { compareNumbers } from '../../functions/rules/rank.ts'
import type { ResultSet } from './result-set.ts'
import { routesOf } from './routes.ts'
import { said } from './sheets.ts'

const at = ({ lat, lng }: Place): [number, number] => [lng, lat]

/** Checkpoints as points. https://www.rfc-editor.org/rfc/rfc7946 */
export function* checkpointsGeoJson(set: ResultSet): Generator<string> {
  const { source, language } = set
  const checkpoints = [...source.checkpoints.values()].sort((a, b) => compareNumbers(a.number, b.number))
  yield* collection(
    checkpoints.map((one) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: at(one) },
      properties: {
        number: one.number,
        name: said(one.name, language),
        points: one.points,
        kind: one.kind,
        radiusMeters: one.radiusMeters ?? source.event.rules.radiusMeters,
        cancelled: one.cancelled === true,
      },
    })),
  )
}

/** The way of each team as a line, and each place where it was as a point with its time. */
export function* routesGeoJson(set: ResultSet): Generator<string> {
  function* features() {
    for (const { card, stops } of routesOf(set)) {
      const about = { team: card.team, name: card.name, net: card.points.net }
      // A line has at least two ends.
      if (stops.length >= 2) {
        const coordinates = stops.map(({ place }) => at(place))
        yield { type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: about }
      }
      for (const { number, name, place, at: time, points } of stops) {
        const properties = { team: card.team, checkpoint: number, name, at: new Date(time).toISOString(), points }
        yield { type: 'Feature', geometry: { type: 'Point', coordinates: at(place) }, properties }
      }
    }
  }
  yield* collection(features())
}

function* collection(features: Iterable<unknown>): Generator<string> {
  yield '{"type":"FeatureCollection","features":['
  let comma = ''
  for (const feature of features) {
    yield `${comma}${JSON.stringify(feature)}`
    comma = ',\n'
  }
  yield ']}\n'
}
