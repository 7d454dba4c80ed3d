/** What the home screen shows a moment after the card, as one file to load. */
export { PageLinks } from '../info-screen.tsx'
export { PaletteLink } from '../palettes/palette-link.tsx'
export { PublishedPlaces } from '../published/published-places.tsx'
export { NextPart } from './next-part.tsx'
