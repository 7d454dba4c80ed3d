import { paletteId } from '../../design-docs/ids.ts'
import type { PaletteDoc } from '../../design-docs/palettes.ts'
import type { Store } from '../store/types.ts'

/** The palettes that organizers show, in their order, as this phone knows them. */
export function palettesOf({ mirrors: { board } }: Pick<Store, 'mirrors'>): PaletteDoc[] {
  const docs = board.withPrefix(paletteId('')).value as unknown as PaletteDoc[]
  return [...docs].sort((one, other) => one.order - other.order || (one._id < other._id ? -1 : 1))
}
