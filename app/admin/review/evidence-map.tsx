import type { Evidence } from '../../../design-docs/console.ts'
import { words } from '../../i18n/admin-words.ts'
import { distanceText } from './reason-text.ts'

const width = 320
const height = 200
const metersPerDegree = 111_195

/** Checkpoint with its radius, and where the device was with its accuracy; north is up, drawn to scale, no tiles needed. */
export function EvidenceMap({ evidence }: { evidence: Evidence }) {
  const t = words.value.review
  const { checkpoint, position, item } = evidence
  if (!checkpoint) return null
  const distance = item.distanceMeters
  const label =
    position && distance !== undefined
      ? t.map(distanceText(distance), distanceText(checkpoint.radiusMeters))
      : t.mapNoPosition
  const east = position
    ? (position.lng - checkpoint.lng) * metersPerDegree * Math.cos((checkpoint.lat * Math.PI) / 180)
    : 0
  const north = position ? (position.lat - checkpoint.lat) * metersPerDegree : 0
  const away = Math.hypot(east, north)
  const accuracy = position ? Math.min(position.accuracyMeters, Math.max(away, checkpoint.radiusMeters) * 2) : 0
  // Half of the picture holds the radius and the position, whichever reaches further.
  const reach = Math.max(checkpoint.radiusMeters, away + accuracy) * 1.15
  const scale = height / 2 / reach
  const at = { x: width / 2 + east * scale, y: height / 2 - north * scale }
  const bar = roundedDown(reach / 2)
  const inside = distance !== undefined && distance <= checkpoint.radiusMeters ? ' inside' : ''
  return (
    <svg class="map" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <circle class="radius" cx={width / 2} cy={height / 2} r={Math.max(4, checkpoint.radiusMeters * scale)} />
      <circle class="checkpoint" cx={width / 2} cy={height / 2} r="5" />
      {position ? (
        <>
          <line class={`way${inside}`} x1={width / 2} y1={height / 2} x2={at.x} y2={at.y} />
          <circle class="accuracy" cx={at.x} cy={at.y} r={Math.max(7, accuracy * scale)} />
          <circle class="position" cx={at.x} cy={at.y} r="4" />
        </>
      ) : (
        <text class="no-position" x={width / 2} y={height - 16} text-anchor="middle">
          {t.noPosition}
        </text>
      )}
      {position && distance !== undefined ? (
        <text class={`away${inside}`} x={width - 10} y="22" text-anchor="end">
          {distanceText(distance)}
        </text>
      ) : null}
      <path class="scale" d={`M10 ${height - 10}h${bar * scale}`} />
      <text class="scale-text" x="10" y={height - 16}>
        {distanceText(bar)}
      </text>
    </svg>
  )
}

/** 1, 2 or 5 times a power of ten, for a scale bar. */
function roundedDown(meters: number): number {
  const power = 10 ** Math.floor(Math.log10(meters))
  const [step = 1] = [5, 2, 1].filter((one) => one * power <= meters)
  return step * power
}
