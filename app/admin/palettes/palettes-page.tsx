import { said } from '../../i18n/dictionary.ts'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { RemovedList } from '../removed-list.tsx'
import { NewPalette } from './new-palette.tsx'
import { PaletteSheet } from './palette-sheet.tsx'
import { words } from './palette-words.ts'
import './palettes-page.css'
import { usePalettes } from './use-palettes.ts'
import { VisitorsPart } from './visitors-part.tsx'

/** Palettes made of pictures, and the portraits that are painted in them. */
export function PalettesPage() {
  const t = words.value
  const { who } = useDesk()
  const palettes = usePalettes()
  const mayEdit = who.role === 'admin'
  return (
    <Page title={t.title}>
      <p class="soft">{t.lead}</p>
      {mayEdit ? <NewPalette palettes={palettes} /> : <p class="notice">{t.readOnly}</p>}
      <Shown loaded={palettes.loaded}>
        {({ palettes: all }) => {
          const kept = all.filter(({ plan }) => plan.state !== 'removed')
          const gone = all.filter(({ plan }) => plan.state === 'removed')
          return (
            <>
              {kept.length === 0 ? <State icon="camera" title={t.none} text={t.noneText} /> : null}
              <ul class="palette-list">
                {kept.map((row, n) => (
                  <PaletteSheet
                    key={row.plan._id}
                    row={row}
                    palettes={palettes}
                    mayEdit={mayEdit}
                    first={n === 0}
                    last={n === kept.length - 1}
                    onMove={(by) => void palettes.move(kept, n, by)}
                  />
                ))}
              </ul>
              <RemovedList
                words={t}
                mayEdit={mayEdit}
                rows={gone.map(({ plan }) => ({
                  id: plan._id,
                  name: said(plan.name),
                  putBack: () => void palettes.save(plan, { state: 'hidden' }),
                }))}
              />
              <VisitorsPart palettes={all} />
            </>
          )
        }}
      </Shown>
    </Page>
  )
}
