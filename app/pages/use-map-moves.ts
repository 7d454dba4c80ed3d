import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type MapSizes, type MapView, panned, wholeMap, within, zoomed } from './map-moves.ts'

const stepPixels = 60
const stepFactor = 1.5
const wheelFactor = 1.0015

/** Moves a map by finger, two fingers, mouse, wheel and keys. */
export function useMapMoves(frame: RefObject<HTMLElement | null>, picture: MapSizes['picture']) {
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [view, setView] = useState(wholeMap)
  const sizes: MapSizes = { frame: size, picture }
  const latest = useRef(sizes)
  latest.current = sizes
  const move = (change: (view: MapView, sizes: MapSizes) => MapView) =>
    setView((before) => change(before, latest.current))

  useEffect(() => {
    const element = frame.current
    if (!element) return
    const resized = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    resized.observe(element)
    const stops = [follow(element, move), () => resized.disconnect()]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
  useEffect(() => move(within), [size.width, size.height, picture.width, picture.height])

  const middle = { x: size.width / 2, y: size.height / 2 }
  const zoom = (factor: number) => move((before, all) => zoomed(before, { factor, at: middle }, all))
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, () => void> = {
      ArrowLeft: () => move((before, all) => panned(before, { x: stepPixels, y: 0 }, all)),
      ArrowRight: () => move((before, all) => panned(before, { x: -stepPixels, y: 0 }, all)),
      ArrowUp: () => move((before, all) => panned(before, { x: 0, y: stepPixels }, all)),
      ArrowDown: () => move((before, all) => panned(before, { x: 0, y: -stepPixels }, all)),
      '+': () => zoom(stepFactor),
      '-': () => zoom(1 / stepFactor),
      0: () => move((_, all) => within(wholeMap, all)),
    }
    const step = steps[event.key === ';' || event.key === '=' ? '+' : event.key]
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    step()
  }
  return {
    view,
    sizes,
    show: (wanted: (sizes: MapSizes) => MapView) => move((_, all) => wanted(all)),
    zoomIn: () => zoom(stepFactor),
    zoomOut: () => zoom(1 / stepFactor),
    whole: () => move((_, all) => within(wholeMap, all)),
    onKeyDown,
  }
}

type Move = (change: (view: MapView, sizes: MapSizes) => MapView) => void

/** Listens to fingers, mouse and wheel; one finger moves, two move and zoom about what lies between them. */
function follow(element: HTMLElement, move: Move): () => void {
  const fingers = new Map<number, { x: number; y: number }>()
  const at = (event: { clientX: number; clientY: number }) => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const between = () => {
    const all = [...fingers.values()]
    const x = all.reduce((sum, one) => sum + one.x, 0) / all.length
    const y = all.reduce((sum, one) => sum + one.y, 0) / all.length
    return { x, y, spread: Math.max(1, ...all.map((one) => Math.hypot(one.x - x, one.y - y))) }
  }
  const down = (event: PointerEvent) => {
    element.setPointerCapture(event.pointerId)
    fingers.set(event.pointerId, at(event))
  }
  const moved = (event: PointerEvent) => {
    if (!fingers.has(event.pointerId)) return
    const before = between()
    fingers.set(event.pointerId, at(event))
    const after = between()
    const factor = fingers.size > 1 ? after.spread / before.spread : 1
    const by = { x: after.x - before.x, y: after.y - before.y }
    move((view, sizes) => panned(zoomed(view, { factor, at: before }, sizes), by, sizes))
  }
  const up = (event: PointerEvent) => void fingers.delete(event.pointerId)
  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    move((view, sizes) => zoomed(view, { factor: wheelFactor ** -event.deltaY, at: at(event) }, sizes))
  }
  const listening = new AbortController()
  const { signal } = listening
  element.addEventListener('pointerdown', down, { signal })
  element.addEventListener('pointermove', moved, { signal })
  for (const end of ['pointerup', 'pointercancel'] as const) element.addEventListener(end, up, { signal })
  element.addEventListener('wheel', wheel, { signal, passive: false })
  return () => listening.abort()
}
