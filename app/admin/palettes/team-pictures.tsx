import type { PaletteRow, TeamPicture } from '../../../design-docs/palettes.ts'
import { said } from '../../i18n/dictionary.ts'
import { count, timeWithSeconds } from '../../i18n/format.ts'
import { toast } from '../../ui/toast.tsx'
import { ChoiceField } from '../choice-field.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { PictureButton } from '../images/picture-button.tsx'
import { words } from './palette-words.ts'
import './palettes-page.css'
import { SmallPicture } from './small-picture.tsx'

/** Every picture of a team; organizers choose for each whether it is shown in the colours of a palette. Nothing without any. */
export function TeamPictures({ team }: { team: string }) {
  const t = words.value
  const { desk, live, who } = useDesk()
  const root = `/api/events/${who.event}`
  const concerns = (change: { palettes: boolean; images: string[] }) =>
    change.palettes || change.images.some((photo) => photo.startsWith(`${team}:`))
  const path = `${root}/teams/${encodeURIComponent(team)}/pictures`
  const loaded = useLoaded<{ pictures: TeamPicture[] }>(path, { desk, live, concerns })
  const palettes = useLoaded<{ palettes: PaletteRow[] }>(`${root}/palettes`, { desk, live, concerns }).value?.palettes
  const pictures = loaded.value?.pictures ?? []
  if (pictures.length === 0) return null
  const choose = async (photo: string, palette: string | null) => {
    const path = `${root}/pictures/${encodeURIComponent(photo)}/palette`
    const answer = await desk.ask(path, { method: 'PUT', json: { palette } })
    if (answer.kind !== 'ok') toast(answer.kind === 'refused' ? t.refused(answer) : t.offline)
    loaded.reload()
  }
  return (
    <details class="sheet more">
      <summary>
        {t.pictures} <span class="digits">({count(pictures.length)})</span>
      </summary>
      <ul class="picture-list">
        {pictures.map((picture) => (
          <One key={picture.photo} picture={picture} palettes={palettes ?? []} onChoose={choose} />
        ))}
      </ul>
    </details>
  )
}

type OneProps = {
  picture: TeamPicture
  palettes: readonly PaletteRow[]
  onChoose: (photo: string, palette: string | null) => Promise<void>
}

function One({ picture: { photo, purpose, takenAt, ready, palette, mark }, palettes, onChoose }: OneProps) {
  const t = words.value
  const { who, overview } = useDesk()
  const mayChoose = (who.role === 'admin' || who.role === 'core') && ready
  const title = `${t.purposes[purpose]} ${timeWithSeconds(takenAt, overview.value?.event.timeZone)}`
  const taken = { photo, variant: 'large', alt: t.original } as const
  const inPalette = { photo, variant: 'recoloured', alt: t.recoloured } as const
  // One that was chosen and removed since is named as long as it is chosen.
  const offered = palettes.filter(({ plan, colours }) => plan.photo === palette || colours.length > 0)
  const path = `/api/events/${who.event}/pictures/${encodeURIComponent(photo)}/recoloured`
  return (
    <li class="stack">
      <PictureButton title={title} pictures={mark ? [taken, inPalette] : [taken]}>
        <span class="palette-pictures">
          <SmallPicture
            path={`/api/images/${encodeURIComponent(photo)}/preview`}
            mark={ready ? '1' : '0'}
            alt={t.original}
          />
          {mark ? <SmallPicture path={path} mark={mark} alt={t.recoloured} /> : null}
        </span>
      </PictureButton>
      {mayChoose && offered.length > 0 ? (
        <ChoiceField
          label={`${title}・${t.inColours}`}
          value={palette ?? ''}
          options={[['', t.asTaken], ...offered.map(({ plan }) => [plan.photo, said(plan.name)] as const)]}
          onChange={(value) => void onChoose(photo, value || null)}
        />
      ) : (
        <p class="soft">{title}</p>
      )}
      {palette && !mark && palettes.some(({ plan, colours }) => plan.photo === palette && colours.length > 0) ? (
        <p class="soft" role="status">
          {t.recolouring}
        </p>
      ) : null}
    </li>
  )
}
