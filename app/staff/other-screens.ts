/** The screens beside scanning, as one file to load: after the first of them all are there. */

export { keepPictures } from '../pages/keep-pictures.ts'
export { carryWhenOnline } from '../parcels/carry-when-online.ts'
export { InfoScreen } from './info-screen.tsx'
export { NoticesScreen } from './notices-screen.tsx'
export { PhotoScreen } from './photo-screen.tsx'
export { ReceptionScreen } from './reception-screen.tsx'
export { RecordsScreen } from './records-screen.tsx'
export { SearchScreen } from './search-screen.tsx'
export { StationScreen } from './station-screen.tsx'
export { SyncScreen } from './sync-screen.tsx'
export { TeamScreen } from './team-screen.tsx'
export { WalkInScreen } from './walk-in-screen.tsx'
