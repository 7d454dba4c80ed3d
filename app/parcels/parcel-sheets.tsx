import { useEffect } from 'preact/hooks'
import type { Store } from '../store/types.ts'
import { CarrySheet } from './carry-sheet.tsx'
import { carryWhenOnline } from './carry-when-online.ts'
import { SaveSheet } from './save-sheet.tsx'

/** Unsent records out of this phone as a file, and files of other phones on their way to the server. */
export function ParcelSheets({ store, timeZone }: { store: Store; timeZone: string | undefined }) {
  useEffect(() => carryWhenOnline(store), [store])
  return (
    <>
      <SaveSheet store={store} />
      <CarrySheet store={store} timeZone={timeZone} />
    </>
  )
}
