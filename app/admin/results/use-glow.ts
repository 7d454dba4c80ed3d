import { useEffect, useRef, useState } from 'preact/hooks'

/** A class that glows for a moment whenever the text changes, but not when it first appears. */
export function useGlow(text: string): string {
  const before = useRef(text)
  const [glowing, setGlowing] = useState(false)
  useEffect(() => {
    if (before.current === text) return
    before.current = text
    setGlowing(true)
    const timer = setTimeout(() => setGlowing(false), 1200)
    return () => clearTimeout(timer)
  }, [text])
  return glowing ? 'glow' : ''
}
