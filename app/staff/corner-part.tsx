import { useEffect, useState } from 'preact/hooks'
import { paletteId } from '../../design-docs/ids.ts'
import type { PaletteDoc } from '../../design-docs/palettes.ts'
import { said } from '../i18n/dictionary.ts'
import { Swatches } from '../palettes/swatches.tsx'
import { Button } from '../ui/button.tsx'
import { cornerWords } from './corner-words.ts'
import { type Giving, givePalette } from './give-palette.ts'
import { usePhone } from './phone.ts'
import { PortraitPart } from './portrait-part.tsx'
import type { Shown } from './scan-flow.ts'
import { UndoDialog } from './undo-dialog.tsx'

/** What a corner does with a scan: its palette is given at once, or after a second step where there is a doubt. */
export function CornerPart({ seen }: { seen: Shown }) {
  const { verdict, station } = seen
  if (station.kind !== 'corner' || verdict.team === null || verdict.checkin === 'never') return null
  return (
    <div class="verdict-facts stack">
      {station.palette ? <Give key={seen.stamp.at} seen={seen} palette={station.palette} /> : null}
      <PortraitPart team={verdict.team} />
    </div>
  )
}

function Give({ seen, palette }: { seen: Shown; palette: string }) {
  const phone = usePhone()
  const [agreed, setAgreed] = useState(seen.verdict.checkin === 'at-once')
  const [giving, setGiving] = useState<Giving | 'failed' | 'undone' | null>(null)
  const [undoing, setUndoing] = useState(false)
  const t = cornerWords.value
  const give = () => void givePalette(phone, seen, palette).then(setGiving, () => setGiving('failed'))
  useEffect(() => {
    if (agreed) give()
  }, [agreed])
  const doc = phone.store.mirrors.board.docs.value.get(paletteId(palette)) as unknown as PaletteDoc | undefined
  if (!agreed) return <Button onClick={() => setAgreed(true)}>{t.giveAfterAll}</Button>
  const fact = giving && typeof giving === 'object' ? (giving.state === 'given' ? giving.fact : giving.ours) : null
  return (
    <section class="stack" aria-live="polite">
      <p>
        <b>
          {giving === null
            ? ''
            : giving === 'failed'
              ? t.failed
              : giving === 'undone'
                ? t.undone
                : giving.state === 'given'
                  ? t.given
                  : t.had}
        </b>
      </p>
      {doc ? <Swatches colours={doc.colours} label={said(doc.name)} /> : null}
      {giving === 'failed' ? <Button onClick={give}>{t.again}</Button> : null}
      {fact ? <Button onClick={() => setUndoing(true)}>{t.undo}</Button> : null}
      {undoing && fact ? (
        <UndoDialog fact={fact} onClose={() => setUndoing(false)} onDone={() => setGiving('undone')} />
      ) : null}
    </section>
  )
}
