import { useEffect, useRef, useState } from 'preact/hooks'
import { words } from '../../i18n/admin-words.ts'
import { Icon } from '../../ui/icon.tsx'
import { useDesk } from '../desk/context.ts'

/** A small picture of the API, fetched when it is about to be seen, of which there may be a thousand; `mark` makes a newer one another path. */
export function SmallPicture({ path, mark, alt }: { path: string; mark: string; alt: string }) {
  const { pictures } = useDesk()
  const whole = `${path}?mark=${mark}`
  const place = useRef<HTMLSpanElement>(null)
  const [url, setUrl] = useState<string | null>(pictures.ready(whole))
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let current = true
    const fetchIt = () =>
      void pictures.url(whole).then((found) => {
        if (!current) return
        setUrl(found)
        setFailed(found === null)
      })
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
  if (url) return <img src={url} alt={alt} />
  return (
    <span ref={place} class="no-picture">
      {failed ? (
        <>
          <Icon name="attention" />
          <span class="hidden-text">{words.value.review.photoFailed}</span>
        </>
      ) : null}
    </span>
  )
}
