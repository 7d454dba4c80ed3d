import { useEffect } from 'preact/hooks'
import { palettesOf } from '../../palettes/palettes-of.ts'
import { Icon } from '../../ui/icon.tsx'
import { useOwnTeam } from '../own-team.ts'
import { keepPortrait } from './keep-portrait.ts'
import { words } from './palette-words.ts'
import { recolouredOf } from './recoloured-of.ts'

/** The way to the palettes, where there are any. */
export function PaletteLink() {
  const own = useOwnTeam()
  const t = words.value
  useEffect(() => keepPortrait(own), [own])
  const all = palettesOf(own.store)
  const mine = own.card.value?.palettes ?? []
  if (all.length === 0 && !own.card.value?.portrait && recolouredOf(own).length === 0) return null
  return (
    <nav class="sheet flush page-links" aria-label={t.title}>
      <ul>
        <li>
          <a href="/team/palettes">
            <Icon name="camera" />
            <span class="grow">{t.title}</span>
            <span class="soft digits">
              {t.count(all.filter(({ photo }) => mine.includes(photo)).length, all.length)}
            </span>
            <Icon name="next" />
          </a>
        </li>
      </ul>
    </nav>
  )
}
