import type { PaletteDoc } from '../../design-docs/palettes.ts'
import { said } from '../i18n/dictionary.ts'
import './palettes.css'

/** The colours of a palette side by side, as wide as their share; read out by their names. */
export function Swatches({ colours, label }: { colours: PaletteDoc['colours']; label: string }) {
  const names = colours.map(({ name, share }) => `${said(name)} ${Math.round(share * 100)}%`).join(', ')
  return (
    <span class="swatches" role="img" aria-label={`${label}: ${names}`}>
      {colours.map(({ hex, share }) => (
        <span key={hex} style={{ background: hex, flexGrow: Math.max(0.04, share) }} />
      ))}
    </span>
  )
}
