import { useEffect, useState } from 'preact/hooks'
import { words } from '../i18n/words.ts'
import { useBlobUrl } from '../ui/use-blob-url.ts'
import { standingFacts } from './own-facts.ts'
import { usePhone } from './phone.ts'
import type { PhotoWish } from './photo-flow.ts'

/** The photo that a new one would stand before; only those of this phone can be shown here. */
export function ExistingPhoto({ wish }: { wish: PhotoWish }) {
  const { outbox } = usePhone().store
  const [preview, setPreview] = useState<Blob | null>(null)
  const url = useBlobUrl(preview)
  const own = standingFacts(outbox.facts.value, wish.team, 'photo').find(
    ({ checkin, purpose }) => checkin === wish.checkin && purpose === wish.purpose,
  )
  const id = own?._id
  useEffect(() => {
    let current = true
    // Without a preview the question is asked in words alone.
    if (id)
      outbox.preview(id).then(
        (blob) => current && setPreview(blob),
        () => undefined,
      )
    return () => {
      current = false
    }
  }, [id, outbox])
  return url ? <img class="preview" src={url} alt={words.value.photo.exists} width={150} height={105} /> : null
}
