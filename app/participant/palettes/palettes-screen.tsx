import type { ImageDoc } from '../../../design-docs/derived.ts'
import { imageId, portraitId } from '../../../design-docs/ids.ts'
import type { PaletteDoc, PortraitDoc } from '../../../design-docs/palettes.ts'
import { said } from '../../i18n/dictionary.ts'
import { palettesOf } from '../../palettes/palettes-of.ts'
import { Swatches } from '../../palettes/swatches.tsx'
import { State } from '../../ui/state.tsx'
import { useBlobUrl } from '../../ui/use-blob-url.ts'
import { useOwnTeam } from '../own-team.ts'
import { Screen } from '../screen.tsx'
import { Compare, Plain } from './compare.tsx'
import { FullPicture } from './full-picture.tsx'
import { Keep } from './keep.tsx'
import { words } from './palette-words.ts'
import { RecolouredPart } from './recoloured-part.tsx'
import { useAttachment } from './use-attachment.ts'

/** The team's portrait in the colours that it has collected, which of them it has, and which are still to be found. */
export function PalettesScreen() {
  const { store, card } = useOwnTeam()
  const t = words.value
  const all = palettesOf(store)
  const mine = card.value?.palettes ?? []
  const has = all.filter(({ photo }) => mine.includes(photo))
  const lacks = all.filter(({ photo }) => !mine.includes(photo))
  return (
    <Screen title={t.title} back="/team/">
      <div class="columns">
        <div class="stack">
          <Portrait />
          <RecolouredPart />
        </div>
        <div class="stack">
          {all.length > 0 ? null : store.mirrors.board.state.value === 'complete' ? (
            <State icon="camera" title={t.none} text={t.noneText} />
          ) : (
            <State icon="sync" title={t.copying} text={t.copyingText} />
          )}
          {has.length === 0 ? null : (
            <List title={t.collected} count={t.count(has.length, all.length)} palettes={has} />
          )}
          {lacks.length === 0 ? null : <List title={t.missing} palettes={lacks} />}
          {all.length > 0 && lacks.length === 0 ? <p class="notice ok">{t.all}</p> : null}
        </div>
      </div>
    </Screen>
  )
}

function List({ title, count, palettes }: { title: string; count?: string; palettes: readonly PaletteDoc[] }) {
  return (
    <section class="sheet">
      <h2>
        {title} {count ? <span class="soft digits">{count}</span> : null}
      </h2>
      <ul class="list">
        {palettes.map((palette) => (
          <Row key={palette._id} palette={palette} />
        ))}
      </ul>
    </section>
  )
}

function Row({ palette }: { palette: PaletteDoc }) {
  const { store } = useOwnTeam()
  const { bytes } = useAttachment(store.mirrors.board, palette, 'original')
  const url = useBlobUrl(bytes)
  return (
    <li class="palette-row">
      {url ? <img src={url} alt="" /> : <span class="no-picture" />}
      <b>{said(palette.name)}</b>
      <Swatches colours={palette.colours} label={said(palette.name)} />
    </li>
  )
}

function Portrait() {
  const { store, card, number } = useOwnTeam()
  const t = words.value
  const team = number.value ?? ''
  const mirror = number.value === null ? null : store.mirrors.team(team)
  const doc = (mirror?.docs.value.get(portraitId(team)) as unknown as PortraitDoc | undefined) ?? null
  const image = mirror?.docs.value.get(imageId(card.value?.portrait ?? '')) as ImageDoc | undefined
  const isFirstCopy = mirror !== null && mirror.state.value !== 'complete'
  const before = useAttachment(mirror, doc, 'before')
  const after = useAttachment(mirror, doc?._attachments?.after ? doc : null, 'after')
  return (
    <section class="sheet stack" aria-live="polite">
      <h2>{t.kinds.portrait.title}</h2>
      {doc === null ? (
        isFirstCopy ? (
          <State icon="sync" title={t.copying} text={t.copyingText} />
        ) : image?.problem !== undefined ? (
          <State icon="attention" title={t.cannot} text={t.cannotText} />
        ) : card.value?.portrait ? (
          <State icon="sync" title={t.coming} text={t.comingText} />
        ) : (
          <State icon="camera" title={t.noPortrait} text={t.noPortraitText} />
        )
      ) : before.bytes && after.bytes ? (
        <>
          <Compare kind="portrait" before={before.bytes} after={after.bytes} />
          <Keep kind="portrait" bytes={after.bytes} team={team} />
          <FullPicture doc={doc} />
        </>
      ) : before.bytes ? (
        <>
          <Plain bytes={before.bytes} />
          <p>
            <b>{t.noColours}</b> {t.noColoursText}
          </p>
          <FullPicture doc={doc} />
        </>
      ) : before.asked ? (
        <p>{t.notHere}</p>
      ) : null}
    </section>
  )
}
