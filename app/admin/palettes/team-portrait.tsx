import type { PaletteRow, VisitorRow } from '../../../design-docs/palettes.ts'
import { said } from '../../i18n/dictionary.ts'
import { Swatches } from '../../palettes/swatches.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { words } from './palette-words.ts'
import './palettes-page.css'
import { PortraitPictures } from './portrait-pictures.tsx'

/** A team's portrait and the palettes that it has collected, on its page; nothing where there is neither. */
export function TeamPortrait({ team }: { team: string }) {
  const t = words.value
  const { desk, live, who } = useDesk()
  const root = `/api/events/${who.event}`
  const concerns = (change: { palettes: boolean; cards: string[] }) => change.palettes || change.cards.includes(team)
  const row = useLoaded<VisitorRow>(`${root}/visitors/${encodeURIComponent(team)}`, { desk, live, concerns }).value
  const all = useLoaded<{ palettes: PaletteRow[] }>(`${root}/palettes`, { desk, live, concerns }).value?.palettes ?? []
  if (!row || (row.photo === null && row.palettes.length === 0)) return null
  const own = row.palettes.flatMap((photo) => all.find(({ plan }) => plan.photo === photo) ?? [])
  return (
    <section class="sheet stack">
      <h2>{t.portrait}</h2>
      {row.photo === null ? (
        <p class="soft">{t.noPortrait}</p>
      ) : row.mark === null ? (
        <p class="soft">{row.cannot ? t.cannot : t.onItsWay}</p>
      ) : (
        <PortraitPictures row={row} />
      )}
      {own.length > 0 ? (
        <ul class="list" aria-label={t.palettes}>
          {own.map(({ plan, colours }) => (
            <li key={plan._id}>
              <span class="grow">{said(plan.name)}</span>
              <Swatches colours={colours} label={said(plan.name)} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
