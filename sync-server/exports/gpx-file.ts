import type { Place } from '../../functions/rules/distance.ts'
import { compareNumbers } from '../../functions/rules/rank.ts'
import { xmlTime } from './iof-event.ts'
import type { ResultSet } from './result-set.ts'
import { routesOf } from './routes.ts'
import { said } from './sheets.ts'
import { xmlElement, xmlLeaf } from './xml-text.ts'

/** Checkpoints as waypoints of GPX 1.1. https://www.topografix.com/GPX/1/1/ */
export function* checkpointsGpx(set: ResultSet): Generator<string> {
  const { source, language } = set
  yield begin(set)
  const checkpoints = [...source.checkpoints.values()].sort((a, b) => compareNumbers(a.number, b.number))
  for (const one of checkpoints) {
    const description = language === 'ja' ? `${one.points}点` : `${one.points} points`
    yield waypoint('wpt', one, [
      xmlLeaf('name', `${/^CP/i.test(one.number) ? 'CP ' : ''}${one.number} ${said(one.name, language)}`),
      xmlLeaf('desc', description),
      xmlLeaf('type', one.kind),
    ])
  }
  yield end
}

/** The way of each team over the checkpoints that count for it, as a track. */
export function* routesGpx(set: ResultSet): Generator<string> {
  yield begin(set)
  for (const { card, stops } of routesOf(set)) {
    const points = stops.map(({ place, at, number, name }) =>
      waypoint('trkpt', place, [xmlLeaf('time', xmlTime(at)), xmlLeaf('name', `${number} ${name}`.trim())]),
    )
    const parts = [xmlLeaf('name', card.name) || '<name/>', xmlLeaf('number', trackNumber(card.team))]
    yield xmlElement('trk', {}, `${parts.join('')}${xmlElement('trkseg', {}, points.join(''))}`)
    yield '\n'
  }
  yield end
}

/** GPX numbers its tracks by whole numbers alone; a bib may have letters. */
const trackNumber = (team: string) => (/^\d{1,9}$/.test(team) ? Number(team) : null)

const begin = ({ source, language, nowMs }: ResultSet) =>
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="zekken">' +
  `${xmlElement('metadata', {}, xmlLeaf('name', said(source.event.name, language)) + xmlLeaf('time', xmlTime(nowMs)))}\n`
const end = '</gpx>\n'

const waypoint = (element: string, { lat, lng }: Place, parts: readonly string[]) =>
  `${xmlElement(element, { lat, lon: lng }, parts.join(''))}\n`
