import { useEffect, useRef, useState } from 'preact/hooks'
import type { MapPage, MapSpot } from '../../design-docs/pages.ts'
import { said } from '../i18n/dictionary.ts'
import { Button } from '../ui/button.tsx'
import { State } from '../ui/state.tsx'
import { useBlobUrl } from '../ui/use-blob-url.ts'
import { centred, drawnSize, placeOf } from './map-moves.ts'
import { pageWords } from './page-words.ts'
import { useMapMoves } from './use-map-moves.ts'
import './pages.css'

type Props = {
  page: Pick<MapPage, 'picture' | 'spots' | 'title'>
  /** Bytes of a picture by its name; null while they cannot be had. */
  load: (name: string) => Promise<Blob | null>
}
/** How close a place is looked at when it is chosen from the list. */
const nearScale = 3
const againMs = 5000

/** A picture to zoom and move, with its places; the list below is the map for those who do not see it. */
export function MapView({ page, load }: Props) {
  const t = pageWords.value
  const name = page.picture?.name
  const [bytes, setBytes] = useState<Blob | null>(null)
  const [waits, setWaits] = useState(false)
  useEffect(() => {
    if (name === undefined) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let ended = false
    const fetched = async () => {
      const found = await load(name).catch(() => null)
      if (ended) return
      if (found) setBytes(found)
      setWaits(found === null)
      if (!found) timer = setTimeout(fetched, againMs)
    }
    void fetched()
    return () => {
      ended = true
      clearTimeout(timer)
    }
  }, [name])
  const url = useBlobUrl(bytes)
  if (!page.picture) return <State icon="place" title={t.noPicture} />
  if (url !== null) return <Picture page={page} picture={page.picture} url={url} />
  if (!waits) return <p role="status">{t.loading}</p>
  return <State icon="place" title={t.pictureWaits} text={t.pictureWaitsText} />
}

type PictureProps = Pick<Props, 'page'> & { picture: NonNullable<MapPage['picture']>; url: string }

function Picture({ page, picture, url }: PictureProps) {
  const t = pageWords.value
  const frame = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const { view, sizes, show, zoomIn, zoomOut, whole, onKeyDown } = useMapMoves(frame, picture)
  const drawn = drawnSize(sizes, view.scale)
  const look = (spot: MapSpot) => {
    setChosen(spot.id)
    show((all) => centred(spot, nearScale, all))
    frame.current?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <>
      <div class="map">
        <div
          ref={frame}
          class={`map-frame${view.scale > 1 ? ' near' : ''}`}
          style={{ aspectRatio: `${picture.width} / ${picture.height}` }}
          role="application"
          aria-label={t.map}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a map is moved by keys, too
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          <img
            src={url}
            alt=""
            draggable={false}
            style={{
              width: `${drawn.width}px`,
              height: `${drawn.height}px`,
              transform: `translate(${view.x}px, ${view.y}px)`,
            }}
          />
          {page.spots.map((spot, index) => {
            const { x, y } = placeOf(view, spot, sizes)
            return (
              <span
                key={spot.id}
                class={`map-spot${spot.id === chosen ? ' chosen' : ''}`}
                style={{ transform: `translate(${x}px, ${y}px)` }}
                aria-hidden="true"
              >
                <b>{index + 1}</b>
                {spot.id === chosen ? <span>{said(spot.name)}</span> : null}
              </span>
            )
          })}
        </div>
        <div class="map-tools">
          <Button aria-label={t.zoomIn} onClick={zoomIn}>
            ＋
          </Button>
          <Button aria-label={t.zoomOut} onClick={zoomOut}>
            −
          </Button>
          <Button onClick={whole}>{t.whole}</Button>
        </div>
      </div>
      {page.spots.length === 0 ? null : (
        <section class="sheet flush">
          <h2 class="sheet-title">{t.spots}</h2>
          <ol class="spots">
            {page.spots.map((spot, index) => (
              <li key={spot.id}>
                <button type="button" aria-pressed={spot.id === chosen} onClick={() => look(spot)}>
                  <b class="digits">{index + 1}</b>
                  {said(spot.name)}
                </button>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  )
}
