import { useEffect, useState } from 'preact/hooks'
import type { ReviewItem } from '../../../design-docs/console.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { picturePath, previewPath } from '../desk/pictures.ts'

type Props = { item: ReviewItem; onOriginal: (() => void) | null }

/** The photo of a check-in as large as it goes; the preview stands in until something better is here. */
export function Photo({ item, onOriginal }: Props) {
  const t = words.value.review
  const { url, failed } = useBestPicture(item)
  const [zoomed, setZoomed] = useState(false)
  useEffect(() => setZoomed(false), [item.checkin])
  const place = words.value.cp(item.checkpoint, item.checkpointName ? said(item.checkpointName) : '')
  const waiting = item.photo !== undefined && (item.image?.version ?? 0) === 0
  return (
    <figure class={`photo${zoomed ? ' zoomed' : ''}`}>
      {url !== null ? (
        <button
          type="button"
          class="photo-zoom"
          aria-pressed={zoomed}
          title={t.zoom}
          onClick={() => setZoomed(!zoomed)}
        >
          <img
            src={url}
            decoding="sync"
            alt={t.photoOf(`${item.team} ${item.teamName}`, place)}
            class={waiting ? 'preview' : ''}
          />
        </button>
      ) : item.photo === undefined ? (
        <State icon="camera" title={t.noPhoto} text={t.noPhotoText} />
      ) : failed ? (
        <State icon="attention" title={item.image?.problem ? t.unreadable : t.photoFailed} />
      ) : (
        <p class="loading" role="status">
          {t.photoLoading}
        </p>
      )}
      <figcaption>
        <b class="photo-bib">{item.team}</b>
        <span>
          {item.teamName}・{place}
        </span>
        {url !== null && waiting ? <span class="photo-note">{t.preview}</span> : null}
        {item.image?.problem ? <span class="photo-note">{t.unreadable}</span> : null}
        {onOriginal ? (
          <Button hint="O" onClick={onOriginal}>
            {t.original}
          </Button>
        ) : null}
      </figcaption>
    </figure>
  )
}

/** The best picture at hand, replaced when a better one has come; never the picture of another check-in. */
function useBestPicture(item: ReviewItem): { url: string | null; failed: boolean } {
  const { pictures } = useDesk()
  const best = item.photo ? picturePath(item.photo, item.image) : null
  const preview = item.photo ? previewPath(item.photo) : null
  const [got, setGot] = useState<{ photo: string | undefined; url: string | null; failed: boolean }>()
  useEffect(() => {
    let current = true
    let better = false
    const show = (url: string | null, failed: boolean) => {
      if (current) setGot({ photo: item.photo, url, failed })
    }
    if (!best || !preview) return
    void pictures.url(best).then((url) => {
      better = url !== null
      if (url !== null) show(url, false)
      else void pictures.url(preview).then((small) => show(small, small === null))
    })
    if (best !== preview && !pictures.ready(best))
      void pictures.url(preview).then((url) => {
        if (!better && url !== null) show(url, false)
      })
    return () => {
      current = false
    }
  }, [best, preview])
  const ready = best ? (pictures.ready(best) ?? (preview ? pictures.ready(preview) : null)) : null
  if (got?.photo === item.photo && got?.url) return got
  return { url: ready, failed: got?.photo === item.photo && got?.failed === true }
}
