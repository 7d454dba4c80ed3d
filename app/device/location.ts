import { signal } from '@preact/signals'
import type { Position } from '../../design-docs/primitives.ts'

export type LocationState = 'off' | 'waiting' | 'measuring' | 'denied' | 'unavailable'

/** Whether the phone knows where it is. */
export const locationState = signal<LocationState>('off')
/** The last measurement, with the device's own time. */
export const lastPosition = signal<(Position & { at: number }) | null>(null)

let watch: number | undefined

/** Starts measuring, once; asks the person when the browser has to. A watch stays warm, so the shutter never waits for it. */
export function startLocation(): void {
  if (watch !== undefined) return
  if (!('geolocation' in navigator)) {
    locationState.value = 'unavailable'
    return
  }
  locationState.value = 'waiting'
  watch = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      lastPosition.value = {
        lat: coords.latitude,
        lng: coords.longitude,
        accuracyMeters: Math.round(coords.accuracy * 10) / 10,
        at: Math.round(timestamp),
      }
      locationState.value = 'measuring'
    },
    (error) => {
      if (error.code === error.PERMISSION_DENIED) locationState.value = 'denied'
      else if (lastPosition.value === null) locationState.value = 'unavailable'
    },
    { enableHighAccuracy: true, maximumAge: 5_000, timeout: 30_000 },
  )
}

/** An older measurement says where the phone was, not where it is. */
const maxAgeMs = 60_000

/** Where the phone is now, its time moved to the server's by `offsetMs`; undefined when that is not known. */
export function positionNow(now: number, offsetMs: number): Position | undefined {
  const last = lastPosition.value
  if (last === null || now - last.at > maxAgeMs) return undefined
  return { ...last, at: last.at + offsetMs }
}
