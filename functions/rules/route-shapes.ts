import { type BoardShape, cell } from './board-shapes.ts'
import type { Box, MeasureText } from './print-shapes.ts'
import type { RouteMap } from './route-map.ts'

const rim = 5
const discMm = 2.3
const barShare = 0.35

/** The plan in a box: the way from stop to stop, each with its number, north above, and how long a kilometre is. */
export function drawRoute(map: RouteMap | null, box: Box, measure: MeasureText): BoardShape[] {
  const ground: BoardShape = { kind: 'area', ...box, tone: 'faint' }
  if (!map) return [ground]
  const scale = Math.min((box.width - 2 * rim) / map.width, (box.height - 2 * rim - 5) / map.height)
  const left = box.x + (box.width - map.width * scale) / 2
  const top = box.y + (box.height - 5 - map.height * scale) / 2
  const onPaper = ({ x, y }: { x: number; y: number }) => ({ x: left + x * scale, y: top + y * scale })
  // Those that were visited last, so that they lie on top.
  const stops = [...map.stops].sort((one, other) => Number(one.visited) - Number(other.visited))
  return [
    ground,
    ...(map.route.length > 1
      ? [{ kind: 'path' as const, points: map.route.map(onPaper), width: 0.5, tone: 'ok' as const }]
      : []),
    ...stops.flatMap((stop): BoardShape[] => {
      const { x, y } = onPaper(stop)
      const round = { x: x - discMm, y: y - discMm, width: 2 * discMm, height: 2 * discMm }
      const tone = stop.visited ? 'ok' : 'soft'
      return [
        { kind: 'disc', x, y, radius: discMm, tone },
        ...(stop.visited ? [] : [{ kind: 'disc' as const, x, y, radius: discMm - 0.3, tone: 'paper' as const }]),
        ...cell(stop.label, round, {
          size: 2.2,
          measure,
          align: 'middle',
          weight: 'bold',
          tone: stop.visited ? 'paper' : 'soft',
        }),
      ]
    }),
    ...scaleBar(scale, box, measure),
  ]
}

/** A round length that is about a third of the box. */
function scaleBar(scale: number, box: Box, measure: MeasureText): BoardShape[] {
  const longest = (box.width * barShare) / scale
  const step = 10 ** Math.floor(Math.log10(longest))
  const meters = [5, 2, 1].map((many) => many * step).find((one) => one <= longest) ?? step
  const y = box.y + box.height - 3
  const x = box.x + 3
  const text = meters >= 1000 ? `${meters / 1000} km` : `${meters} m`
  const end = x + meters * scale
  return [
    {
      kind: 'path',
      points: [
        { x, y: y - 1 },
        { x, y },
        { x: end, y },
        { x: end, y: y - 1 },
      ],
      width: 0.25,
      tone: 'soft',
    },
    ...cell(text, { x: end + 1.5, y: y - 3, width: 20, height: 4 }, { size: 2.4, measure, tone: 'soft' }),
  ]
}
