import { expect, test } from 'vitest'
import { reachablePlaces } from '../../app/participant/check-in/places.ts'
import type { CardRow } from '../../design-docs/derived.ts'
import { checkpointDoc, north } from '../rules/make-facts.ts'

const here = { lat: 35, lng: 138 }
const row = (checkpoint: string) => ({ checkpoint }) as CardRow
const checkpoints = [
  checkpointDoc('10', north(here, 300)),
  checkpointDoc('9', north(here, 300)),
  checkpointDoc('2', north(here, 20)),
  checkpointDoc('1', north(here, 10)),
  checkpointDoc('S1', { ...north(here, 1), kind: 'staffed' }),
  checkpointDoc('X', { ...north(here, 1), cancelled: true }),
  checkpointDoc('GO', { ...north(here, 2000), kind: 'goal' }),
]
const numbers = (places: ReturnType<typeof reachablePlaces>) => places.map(({ checkpoint }) => checkpoint.number)

test('[PA1] the nearest place still to visit comes first, those done last; staffed and cancelled ones are not offered', () => {
  const places = reachablePlaces(checkpoints, { checkpoints: [row('1')] }, here)
  expect(numbers(places)).toEqual(['2', '9', '10', 'GO', '1'])
  expect(places[0]?.distanceMeters).toBeCloseTo(20, 1)
  expect(places.at(-1)?.row).toEqual(row('1'))
})

test('[PA2] while the phone does not know where it is, places stand by their numbers', () => {
  const places = reachablePlaces(checkpoints, { checkpoints: [] }, null)
  expect(numbers(places)).toEqual(['1', '2', '9', '10', 'GO'])
  expect(places[0]?.distanceMeters).toBeNull()
})
