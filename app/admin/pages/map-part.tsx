import { useEffect, useState } from 'preact/hooks'
import type { MapPage, MapSpot, PagePicture } from '../../../design-docs/pages.ts'
import { said } from '../../i18n/dictionary.ts'
import { Button } from '../../ui/button.tsx'
import { type BadFields, problemOf } from '../bad-fields.ts'
import { useDesk } from '../desk/context.ts'
import { FileButton } from '../setup/file-button.tsx'
import { NumberField, TextField } from '../setup/inputs.tsx'
import { freeId } from './new-page.ts'
import { words } from './page-words.ts'

type Stored = { picture: PagePicture; _rev: string }
type Props = {
  page: MapPage
  isNew: boolean
  bad: BadFields
  onChange: (change: Partial<MapPage>) => void
  onStored: (stored: Stored) => void
}

/** A map's picture and the places on it, set by pressing on it or by figures. */
export function MapPart({ page, isNew, bad, onChange, onStored }: Props) {
  const t = words.value
  const { desk, pictures } = useDesk()
  const [problem, setProblem] = useState<string | null>(null)
  const [url, setUrl] = useState<string | null>(null)
  const root = `/api/events/${page.event}/pages/${page._id.slice('page:'.length)}`
  const { picture, spots } = page
  useEffect(() => {
    let current = true
    setUrl(null)
    if (picture) void pictures.url(`${root}/pictures/${picture.name}`).then((found) => current && setUrl(found))
    return () => {
      current = false
    }
  }, [picture?.name])
  const upload = async (file: File) => {
    setProblem(null)
    const bytes = new Uint8Array(await file.arrayBuffer())
    const answer = await desk.ask(`${root}/picture`, { method: 'PUT', bytes })
    if (answer.kind === 'ok') return onStored(answer.body as Stored)
    const code = answer.kind === 'refused' ? answer.code : '—'
    setProblem(code === 'ZK-PLAN-002' ? t.pictureBad : code === 'ZK-GATE-003' ? t.pictureLarge : t.failed(code))
  }
  const change = (index: number, fields: Partial<MapSpot>) =>
    onChange({ spots: spots.map((spot, n) => (n === index ? { ...spot, ...fields } : spot)) })
  const add = (x: number, y: number) =>
    onChange({ spots: [...spots, { id: freeId(spots, 'spot'), name: { ja: '', en: '' }, x, y }] })
  const percent = (value: number) => Math.round(value * 1000) / 10
  const part = (value: number | undefined) => Math.min(1, Math.max(0, (value ?? 0) / 100))
  return (
    <section class="stack">
      <h2>{t.picture}</h2>
      {isNew ? (
        <p class="soft">{t.saveFirst}</p>
      ) : (
        <>
          <FileButton
            label={t.choosePicture}
            accept="image/png,image/jpeg,.heic,.heif"
            onFile={(file) => void upload(file)}
          />
          <p class="soft">{t.pictureHint}</p>
        </>
      )}
      {problem ? (
        <p class="problem" role="alert">
          {problem}
        </p>
      ) : null}
      {url && picture ? (
        <button
          type="button"
          class="map-canvas"
          aria-label={t.place1}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect()
            // A press by key has no place: it goes to the middle and is moved by the figures.
            const byKey = event.detail === 0
            const x = byKey ? 0.5 : (event.clientX - box.left) / box.width
            add(x, byKey ? 0.5 : (event.clientY - box.top) / box.height)
          }}
        >
          <img src={url} alt="" width={picture.width} height={picture.height} />
          {spots.map(({ id, x, y }, index) => (
            <b key={id} style={{ left: `${x * 100}%`, top: `${y * 100}%` }} aria-hidden="true">
              {index + 1}
            </b>
          ))}
        </button>
      ) : null}
      {picture ? <p class="soft">{t.spotHint}</p> : null}
      {spots.map((spot, index) => (
        <fieldset key={spot.id} class="part">
          <legend>
            {index + 1} {said(spot.name)}
          </legend>
          <div class="form-grid">
            <TextField
              label={t.spotJa(index + 1)}
              value={spot.name.ja}
              onChange={(ja) => change(index, { name: { ...spot.name, ja } })}
              problem={problemOf(bad, `spots.${index}.name`)}
            />
            <TextField
              label={t.spotEn(index + 1)}
              value={spot.name.en}
              onChange={(en) => change(index, { name: { ...spot.name, en } })}
            />
            <NumberField
              label={t.left(index + 1)}
              step="0.5"
              value={percent(spot.x)}
              onChange={(value) => change(index, { x: part(value) })}
            />
            <NumberField
              label={t.top(index + 1)}
              step="0.5"
              value={percent(spot.y)}
              onChange={(value) => change(index, { y: part(value) })}
            />
          </div>
          <Button kind="bare" onClick={() => onChange({ spots: spots.filter((_, n) => n !== index) })}>
            {t.removePart(said(spot.name) || String(index + 1))}
          </Button>
        </fieldset>
      ))}
    </section>
  )
}
