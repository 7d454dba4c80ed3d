import { useEffect } from 'preact/hooks'
import { InfoScreen as Info } from '../pages/info-screen.tsx'
import { keepPictures } from '../pages/keep-pictures.ts'
import { PageLinks as Links } from '../pages/page-links.tsx'
import type { Reader } from '../pages/reader.ts'
import { type OwnTeam, useOwnTeam } from './own-team.ts'

const readerOf = ({ store, event, now, timeZone, card, number }: OwnTeam): Reader => ({
  store,
  event: event.value,
  now,
  timeZone: timeZone.value,
  team: { number: number.value ?? '', classIds: card.value?.classIds ?? [] },
  root: '/team/info',
  home: '/team/',
})

/** Schedule, map, guide and surveys for a team. */
export function InfoScreen({ kind, slug }: { kind?: string; slug?: string }) {
  return <Info reader={readerOf(useOwnTeam())} kind={kind} slug={slug} />
}

export function PageLinks() {
  const own = useOwnTeam()
  useEffect(() => keepPictures(own.store), [own])
  return <Links reader={readerOf(own)} />
}
