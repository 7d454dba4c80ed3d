import { useEffect } from 'preact/hooks'

/** Whoever has scrolled up further than this is reading what was said before. */
const nearPixels = 200

/** Begins at the newest message and stays there as the screen grows, but takes nobody away from an earlier one. */
export function useNewest(): void {
  useEffect(() => {
    const { documentElement: page } = document
    let opened = false
    let atEnd = true
    const look = () => {
      if (opened) atEnd = page.scrollHeight - innerHeight - scrollY < nearPixels
    }
    // It is called first after the screen itself has begun at its top.
    const growth = new ResizeObserver(() => {
      if (atEnd) scrollTo(0, page.scrollHeight)
      opened = true
    })
    growth.observe(document.body)
    addEventListener('scroll', look)
    return () => {
      growth.disconnect()
      removeEventListener('scroll', look)
    }
  }, [])
}
