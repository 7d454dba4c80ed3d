import type { Picture } from '../device/picture.ts'
import { useBlobUrl } from './use-blob-url.ts'

/** The picture just taken, as it will be kept. */
export function Shot({ picture, alt }: { picture: Picture; alt: string }) {
  const url = useBlobUrl(picture.original)
  return <div class="finder">{url ? <img src={url} alt={alt} /> : null}</div>
}
