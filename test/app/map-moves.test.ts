import { expect, test } from 'vitest'
import {
  centred,
  drawnSize,
  type MapSizes,
  mostScale,
  panned,
  placeOf,
  wholeMap,
  within,
  zoomed,
} from '../../app/pages/map-moves.ts'

const sizes: MapSizes = { frame: { width: 400, height: 300 }, picture: { width: 2000, height: 1000 } }

test('[PG12] all of the picture is in the frame at first, in the middle of what is left', () => {
  expect(drawnSize(sizes, 1)).toEqual({ width: 400, height: 200 })
  expect(within(wholeMap, sizes)).toEqual({ scale: 1, x: 0, y: 50 })
})

test('[PG12] zooming keeps the place under the finger, within the limits', () => {
  const spot = { x: 0.5, y: 0.5 }
  const near = zoomed(within(wholeMap, sizes), { factor: 3, at: { x: 200, y: 150 } }, sizes)
  expect(near.scale).toBe(3)
  expect(placeOf(near, spot, sizes)).toEqual({ x: 200, y: 150 })
  expect(zoomed(near, { factor: 100, at: { x: 0, y: 0 } }, sizes).scale).toBe(mostScale)
  expect(zoomed(near, { factor: 0.01, at: { x: 7, y: 9 } }, sizes)).toEqual(within(wholeMap, sizes))
})

test('[PG12] the picture cannot be moved out of the frame', () => {
  const near = centred({ x: 0.5, y: 0.5 }, 4, sizes)
  const far = { x: 1e6, y: 1e6 }
  expect(panned(near, far, sizes)).toEqual({ scale: 4, x: 0, y: 0 })
  expect(panned(near, { x: -far.x, y: -far.y }, sizes)).toEqual({ scale: 4, x: 400 - 1600, y: 300 - 800 })
  expect(centred({ x: 0, y: 0 }, 4, sizes)).toEqual({ scale: 4, x: 0, y: 0 })
})
