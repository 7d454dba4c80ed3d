export type Place = { lat: number; lng: number }

const meanEarthRadiusMeters = 6_371_008.8
const radians = (degrees: number) => (degrees * Math.PI) / 180

/**
 * Great-circle distance in metres by the haversine formula on a sphere of the mean radius of WGS 84
 * (R. W. Sinnott, "Virtues of the Haversine", Sky & Telescope 68, 1984; radius R1 of IUGG). Off by at most 0.6 %.
 */
export function distanceMeters(from: Place, to: Place): number {
  const halfLat = Math.sin(radians(to.lat - from.lat) / 2)
  const halfLng = Math.sin(radians(to.lng - from.lng) / 2)
  const h = halfLat ** 2 + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * halfLng ** 2
  return 2 * meanEarthRadiusMeters * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Metres to one decimal: what a person is shown is what was judged, so 50.04 is 50.0 and inside a radius of 50. */
export const shownMeters = (meters: number) => Math.round(meters * 10) / 10
