import type { PageDoc } from '../../design-docs/pages.ts'
import { said } from '../i18n/dictionary.ts'
import { MarkdownText } from '../notices/markdown-text.tsx'
import { SurveyScreen } from '../surveys/survey-screen.tsx'
import { Screen } from '../ui/screen.tsx'
import { State } from '../ui/state.tsx'
import { AttendanceView } from './attendance-view.tsx'
import { MapView } from './map-view.tsx'
import { PageLinks } from './page-links.tsx'
import { pageWords } from './page-words.ts'
import { pagesFor, type Reader, seesAttendance } from './reader.ts'
import { ScheduleView } from './schedule-view.tsx'
import './pages.css'

export type InfoWish = { reader: Reader; kind?: string | undefined; slug?: string | undefined }

/** A page, a survey or the attendance figures, as the path says; without any the ways to them. */
export function InfoScreen({ reader, kind, slug = '' }: InfoWish) {
  const t = pageWords.value
  const frame = { back: reader.home, backLabel: t.back }
  if (kind === 'surveys') return <SurveyScreen key={slug} reader={reader} slug={slug} />
  if (kind === 'attendance' && seesAttendance(reader))
    return (
      <Screen title={t.figures.title} {...frame}>
        <AttendanceView reader={reader} />
      </Screen>
    )
  const page = pagesFor(reader).find(({ _id }) => _id === `page:${slug}`)
  if (page)
    return (
      <Screen key={slug} title={said(page.title)} {...frame}>
        <PageView page={page} reader={reader} />
      </Screen>
    )
  return (
    <Screen title={t.title} {...frame}>
      {kind === undefined ? <PageLinks reader={reader} /> : <State icon="question" title={t.gone} text={t.goneText} />}
    </Screen>
  )
}

function PageView({ page, reader }: { page: PageDoc; reader: Reader }) {
  const text = said(page.body)
  return (
    <>
      {page.kind === 'schedule' ? <ScheduleView page={page} reader={reader} /> : null}
      {page.kind === 'map' ? (
        <MapView page={page} load={(name) => reader.store.mirrors.board.attachment(page._id, name)} />
      ) : null}
      {text.trim() === '' ? null : (
        <section class="sheet">
          <MarkdownText text={text} />
        </section>
      )}
    </>
  )
}
