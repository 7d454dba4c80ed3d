import { useEffect, useState } from 'preact/hooks'
import type { AlikePair } from '../../../design-docs/uploads.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { previewPath } from '../desk/pictures.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { FullPictures } from '../images/full-pictures.tsx'
import { pictureWords } from '../images/picture-words.ts'
import { Page } from '../page.tsx'
import { StatusPill } from '../status-pill.tsx'
import { words } from './upload-words.ts'
import './uploads.css'

type Alike = { pairs: AlikePair[]; looked: number; more: number }

/** Photos of different teams that look alike, side by side. */
export function AlikePage() {
  const t = words.value
  const { desk, live, who } = useDesk()
  const options = { desk, live, concerns: () => false }
  const loaded = useLoaded<Alike>(`/api/events/${who.event}/alike-photos`, options)
  return (
    <Page
      title={t.alike}
      beside={
        <a class="button" href="/admin/uploads">
          {t.back}
        </a>
      }
    >
      <Shown loaded={loaded}>
        {({ pairs, looked, more }) => (
          <div class="stack">
            <p class="soft">
              {t.alikeLead} {t.alikeLooked(count(looked))}
            </p>
            {pairs.length === 0 ? <State icon="camera" title={t.alikeNone} /> : null}
            {pairs.map((pair) => (
              <section class="sheet alike-pair" key={pair.photos.map(({ photo }) => photo).join(' ')}>
                <header>
                  <Pill tone={pair.same ? 'no' : 'warn'}>{pair.same ? t.sameFile : t.bits(pair.bits)}</Pill>
                </header>
                {pair.photos.map((photo) => (
                  <One key={photo.photo} photo={photo} />
                ))}
                <Both pair={pair} />
              </section>
            ))}
            {more > 0 ? <p>{t.alikeMore(count(more))}</p> : null}
          </div>
        )}
      </Shown>
    </Page>
  )
}

/** Each by a link that opens once, side by side. */
function Both({ pair }: { pair: AlikePair }) {
  const [open, setOpen] = useState(false)
  const t = pictureWords.value
  const pictures = pair.photos.map(({ photo, team }) => ({
    photo,
    variant: 'large' as const,
    alt: `${words.value.team} ${team}`,
  }))
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t.both}</Button>
      {open ? <FullPictures title={words.value.alike} pictures={pictures} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function One({ photo }: { photo: AlikePair['photos'][number] }) {
  const t = words.value
  const { pictures, overview } = useDesk()
  const path = previewPath(photo.photo)
  const [url, setUrl] = useState<string | null>(pictures.ready(path))
  useEffect(() => {
    void pictures.url(path).then(setUrl)
  }, [path])
  return (
    <figure>
      {url ? <img src={url} alt={`${t.team} ${photo.team}`} /> : null}
      <figcaption class="row wrap">
        <a href={`/admin/teams/${photo.team}`}>
          {t.team} {photo.team}
        </a>
        <span>{photo.checkpoint ?? '–'}</span>
        <span>{dayAndTime(photo.at, overview.value?.event.timeZone)}</span>
        {photo.status ? <StatusPill status={photo.status} /> : null}
      </figcaption>
    </figure>
  )
}
