import { InfoScreen as Info } from '../pages/info-screen.tsx'
import { PageLinks as Links } from '../pages/page-links.tsx'
import type { Reader } from '../pages/reader.ts'
import { type Phone, usePhone } from './phone.ts'

const readerOf = ({ store, event, now, timeZone }: Phone): Reader => ({
  store,
  event: event.value,
  now,
  timeZone: timeZone.value,
  team: null,
  root: '/staff/info',
  home: '/staff/notices',
})

/** Schedule, map, guide, surveys and attendance for staff. */
export function InfoScreen({ kind, slug }: { kind?: string; slug?: string }) {
  return <Info reader={readerOf(usePhone())} kind={kind} slug={slug} />
}

export function PageLinks() {
  return <Links reader={readerOf(usePhone())} />
}
