import { encode } from 'uqr'
import type { MeasureText, PrintPage, PrintShape, PrintWeight } from '../../../functions/rules/print-shapes.ts'

const family = "'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic', sans-serif"
const weights: Record<PrintWeight, number> = { regular: 400, bold: 700 }

let canvas: CanvasRenderingContext2D | null = null

/** By the letters of this browser, which are nearly those of the paper. */
export const measureOnScreen: MeasureText = (text, weight) => {
  canvas ??= document.createElement('canvas').getContext('2d')
  if (!canvas) return text.length
  canvas.font = `${weights[weight]} 100px ${family}`
  return canvas.measureText(text).width / 100
}

/** A page as it will be printed. */
export function SheetPreview({ page, label }: { page: PrintPage; label: string }) {
  return (
    <svg
      class="sheet-preview"
      viewBox={`0 0 ${page.width} ${page.height}`}
      style={{ '--shape': page.width / page.height }}
      role="img"
      aria-label={label}
    >
      <rect width={page.width} height={page.height} fill="#fff" />
      {page.shapes.map((shape, n) => (
        <Shape key={n} shape={shape} />
      ))}
    </svg>
  )
}

function Shape({ shape }: { shape: PrintShape }) {
  if (shape.kind === 'line')
    return <line x1={shape.x} y1={shape.y} x2={shape.toX} y2={shape.toY} stroke="#999" stroke-width="0.2" />
  if (shape.kind === 'text')
    return (
      <text
        x={shape.x}
        y={shape.y}
        font-size={shape.size}
        font-family={family}
        font-weight={weights[shape.weight]}
        text-anchor={shape.align}
        fill="#000"
      >
        {shape.text}
      </text>
    )
  const { data, size } = encode(shape.text, { ecc: 'Q', border: 0 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  const scale = shape.size / size
  return <path d={path} transform={`translate(${shape.x} ${shape.y}) scale(${scale})`} shape-rendering="crispEdges" />
}
