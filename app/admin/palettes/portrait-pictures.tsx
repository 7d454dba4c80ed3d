import type { VisitorRow } from '../../../design-docs/palettes.ts'
import { useDesk } from '../desk/context.ts'
import { PictureButton } from '../images/picture-button.tsx'
import { words } from './palette-words.ts'
import { SmallPicture } from './small-picture.tsx'

/** A portrait before and after it was painted, small; a press shows both in full size. */
export function PortraitPictures({
  row: { team, photo, mark, palettes },
}: {
  row: Pick<VisitorRow, 'team' | 'photo' | 'mark' | 'palettes'>
}) {
  const t = words.value
  const { who } = useDesk()
  if (photo === null || mark === null) return null
  const path = `/api/events/${who.event}/visitors/${team}`
  const isPainted = palettes.length > 0
  const before = { photo, variant: 'large', alt: t.before(team) } as const
  const after = { photo, variant: 'painted', alt: t.after(team) } as const
  return (
    <PictureButton title={t.after(team)} pictures={isPainted ? [before, after] : [before]}>
      <span class="palette-pictures">
        <SmallPicture path={`${path}/before`} mark={mark} alt={t.before(team)} />
        {isPainted ? <SmallPicture path={`${path}/after`} mark={mark} alt={t.after(team)} /> : null}
      </span>
    </PictureButton>
  )
}
