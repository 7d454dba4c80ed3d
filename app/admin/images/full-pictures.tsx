import { useEffect, useState } from 'preact/hooks'
import type { ImageVariant } from '../../../design-docs/access.ts'
import { fetchPicture } from '../../pictures/fetch-picture.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { useBlobUrl } from '../../ui/use-blob-url.ts'
import { useDesk } from '../desk/context.ts'
import './full-pictures.css'
import { pictureWords } from './picture-words.ts'

export type FullPicture = { photo: string; variant: ImageVariant; alt: string }
type Props = { title: string; pictures: readonly FullPicture[]; onClose: () => void }

/** Pictures as large as the server has them, side by side where there is room; each comes by a link that opens once. */
export function FullPictures({ title, pictures, onClose }: Props) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="full-pictures">
        {pictures.map((picture) => (
          <One key={`${picture.photo} ${picture.variant}`} picture={picture} />
        ))}
      </div>
      <Button wide onClick={onClose}>
        {pictureWords.value.close}
      </Button>
    </Dialog>
  )
}

function One({ picture: { photo, variant, alt } }: { picture: FullPicture }) {
  const t = pictureWords.value
  const { desk } = useDesk()
  const [bytes, setBytes] = useState<Blob | null>(null)
  const [state, setState] = useState<'fetching' | 'failed' | 'here'>('fetching')
  const [tries, setTries] = useState(0)
  const [unshown, setUnshown] = useState(false)
  const url = useBlobUrl(bytes)
  useEffect(() => {
    let current = true
    setState('fetching')
    void fetchPicture(desk.ask, { photo, variant }).then((found) => {
      if (!current) return
      setBytes(found)
      setState(found ? 'here' : 'failed')
    })
    return () => {
      current = false
    }
  }, [photo, variant, tries])
  const save = () => {
    if (!bytes) return
    const kind = bytes.type.slice('image/'.length).replace('jpeg', 'jpg')
    saveFile(bytes, { name: `${photo.slice(-8)}-${variant}.${kind}`, type: bytes.type })
  }
  return (
    <figure aria-busy={state === 'fetching'}>
      {state === 'failed' ? (
        <div class="stack" role="alert">
          <p class="notice no">
            {alt}: {t.failed}
          </p>
          <Button onClick={() => setTries(tries + 1)}>{t.again}</Button>
        </div>
      ) : unshown ? (
        <p class="notice">{t.unshown}</p>
      ) : url ? (
        <img src={url} alt={alt} onError={() => setUnshown(true)} />
      ) : (
        <p class="loading" role="status">
          {t.fetching}
        </p>
      )}
      {url ? (
        <figcaption class="row wrap">
          <span class="grow">{alt}</span>
          <Button onClick={save}>
            {t.save}
            <span class="hidden-text"> {alt}</span>
          </Button>
        </figcaption>
      ) : null}
    </figure>
  )
}
