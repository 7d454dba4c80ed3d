import { useEffect, useRef, useState } from 'preact/hooks'
import { useDesk } from '../desk/context.ts'

/** A small picture of the API, fetched when it is about to be seen, of which there may be a thousand; `mark` makes a newer one another path. */
export function SmallPicture({ path, mark, alt }: { path: string; mark: string; alt: string }) {
  const { pictures } = useDesk()
  const whole = `${path}?mark=${mark}`
  const place = useRef<HTMLSpanElement>(null)
  const [url, setUrl] = useState<string | null>(pictures.ready(whole))
  useEffect(() => {
    let current = true
    const fetchIt = () => void pictures.url(whole).then((found) => current && setUrl(found))
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        observer.disconnect()
        fetchIt()
      },
      { rootMargin: '400px' },
    )
    // One that is shown already stays until the newer one is there.
    if (place.current) observer.observe(place.current)
    else fetchIt()
    return () => {
      current = false
      observer.disconnect()
    }
  }, [whole])
  return url ? <img src={url} alt={alt} /> : <span ref={place} class="no-picture" />
}
