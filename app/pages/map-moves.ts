/** How a picture lies in its frame: `scale` 1 shows all of it; `x` and `y` are pixels from the frame's corner to its own. */
export type MapView = { scale: number; x: number; y: number }
/** Sizes in pixels; those of the picture in any unit, since only their ratio counts. */
export type MapSizes = { frame: Size; picture: Size }
type Size = { width: number; height: number }
type Point = { x: number; y: number }

export const mostScale = 8
export const wholeMap: MapView = { scale: 1, x: 0, y: 0 }

/** The size of the picture on screen. */
export function drawnSize({ frame, picture }: MapSizes, scale: number): Size {
  const fit = Math.min(frame.width / picture.width, frame.height / picture.height)
  return { width: picture.width * fit * scale, height: picture.height * fit * scale }
}

/** The nearest view in which no edge of the picture leaves a gap that another part of it could fill. */
export function within(view: MapView, sizes: MapSizes): MapView {
  const scale = Math.min(mostScale, Math.max(1, view.scale))
  const drawn = drawnSize(sizes, scale)
  return { scale, x: held(view.x, sizes.frame.width, drawn.width), y: held(view.y, sizes.frame.height, drawn.height) }
}

const held = (at: number, frame: number, drawn: number) =>
  drawn <= frame ? (frame - drawn) / 2 : Math.min(0, Math.max(frame - drawn, at))

export const panned = (view: MapView, by: Point, sizes: MapSizes): MapView =>
  within({ ...view, x: view.x + by.x, y: view.y + by.y }, sizes)

/** Zooms so that the place under `at` stays under it. */
export function zoomed(view: MapView, { factor, at }: { factor: number; at: Point }, sizes: MapSizes): MapView {
  const scale = Math.min(mostScale, Math.max(1, view.scale * factor))
  const real = scale / view.scale
  return within({ scale, x: at.x - (at.x - view.x) * real, y: at.y - (at.y - view.y) * real }, sizes)
}

/** Where a place of the picture (parts of its width and height) is in the frame. */
export function placeOf(view: MapView, spot: Point, sizes: MapSizes): Point {
  const drawn = drawnSize(sizes, view.scale)
  return { x: view.x + spot.x * drawn.width, y: view.y + spot.y * drawn.height }
}

/** The view with this place in its middle, as far as the picture's edges allow. */
export function centred(spot: Point, scale: number, sizes: MapSizes): MapView {
  const drawn = drawnSize(sizes, scale)
  const { width, height } = sizes.frame
  return within({ scale, x: width / 2 - spot.x * drawn.width, y: height / 2 - spot.y * drawn.height }, sizes)
}
