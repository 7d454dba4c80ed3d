import type { RecolouredDoc } from '../../../design-docs/palettes.ts'
import { timeOf } from '../../i18n/format.ts'
import { useBlobUrl } from '../../ui/use-blob-url.ts'
import { useOwnTeam } from '../own-team.ts'
import { FullPicture } from './full-picture.tsx'
import { Keep } from './keep.tsx'
import { words } from './palette-words.ts'
import { recolouredOf } from './recoloured-of.ts'
import { useAttachment } from './use-attachment.ts'

/** The team's pictures that organizers had painted in the colours of one palette; nothing where there are none. */
export function RecolouredPart() {
  const own = useOwnTeam()
  const docs = recolouredOf(own)
  if (docs.length === 0) return null
  return (
    <section class="sheet stack" aria-live="polite">
      <h2>{words.value.recoloured}</h2>
      {docs.map((doc) => (
        <One key={doc._id} doc={doc} />
      ))}
    </section>
  )
}

function One({ doc }: { doc: RecolouredDoc }) {
  const { store, number, timeZone } = useOwnTeam()
  const t = words.value
  const team = number.value ?? ''
  const { bytes, asked } = useAttachment(store.mirrors.team(team), doc, 'after')
  const url = useBlobUrl(bytes)
  if (!bytes || !url) return asked ? <p>{t.notHere}</p> : null
  return (
    <article class="stack">
      <figure class="compare">
        <div class="pictures">
          <img src={url} alt={t.kinds.recoloured.after} />
        </div>
        <figcaption class="soft">{t.takenAt(timeOf(doc.takenAt, timeZone.value))}</figcaption>
      </figure>
      <Keep kind="recoloured" bytes={bytes} team={team} />
      <FullPicture doc={doc} />
    </article>
  )
}
