import { useEffect, useState } from 'preact/hooks'
import { useDesk } from '../desk/context.ts'

/** A small picture of the API; `mark` makes a newer one another path. */
export function SmallPicture({ path, mark, alt }: { path: string; mark: string; alt: string }) {
  const { pictures } = useDesk()
  const whole = `${path}?mark=${mark}`
  const [url, setUrl] = useState<string | null>(pictures.ready(whole))
  useEffect(() => {
    let current = true
    void pictures.url(whole).then((found) => current && setUrl(found))
    return () => {
      current = false
    }
  }, [whole])
  return url ? <img src={url} alt={alt} /> : <span class="no-picture" />
}
