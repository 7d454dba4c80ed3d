import { signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { PageDoc } from '../../../design-docs/pages.ts'
import { said } from '../../i18n/dictionary.ts'
import { MarkdownText } from '../../notices/markdown-text.tsx'
import { MapView } from '../../pages/map-view.tsx'
import { ScheduleView } from '../../pages/schedule-view.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './page-words.ts'

const minuteMs = 60_000

/** A page as it stands in the form, drawn by the very parts that draw it on phones. */
export function PagePreview({ page }: { page: PageDoc }) {
  const { desk, overview } = useDesk()
  const now = useMemo(() => signal(desk.now()), [desk])
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = desk.now()
    }, minuteMs)
    return () => clearInterval(timer)
  }, [now])
  const event = overview.value?.event
  const reader = {
    now,
    timeZone: event?.timeZone,
    team: null,
    event: event ? { ...event, _id: 'event' as const } : null,
  }
  const load = async (name: string) => {
    const path = `/api/events/${page.event}/pages/${page._id.slice('page:'.length)}/pictures/${name}`
    const answer = await desk.ask(path, { binary: true })
    return answer.kind === 'ok' ? new Blob([answer.body as ArrayBuffer], { type: 'image/webp' }) : null
  }
  const text = said(page.body)
  return (
    <section class="page-preview stack" aria-label={words.value.preview}>
      <p class="soft">{words.value.preview}</p>
      <h2>{said(page.title)}</h2>
      {page.kind === 'schedule' ? <ScheduleView page={page} reader={reader} /> : null}
      {page.kind === 'map' ? <MapView page={page} load={load} /> : null}
      {text.trim() === '' ? null : (
        <div class="sheet">
          <MarkdownText text={text} />
        </div>
      )}
    </section>
  )
}
