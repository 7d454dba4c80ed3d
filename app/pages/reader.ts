import type { ReadonlySignal } from '@preact/signals'
import { type Menu, mayOpen } from '../../design-docs/menus.ts'
import type { PageDoc } from '../../design-docs/pages.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import type { SurveyDoc } from '../../design-docs/surveys.ts'
import { isAddressed } from '../../functions/rules/notices.ts'
import { surveyState } from '../../functions/rules/surveys.ts'
import type { Store } from '../store/types.ts'

/** Who reads the pages, in which of the apps. */
export type Reader = {
  store: Store
  event: EventDoc | null
  now: ReadonlySignal<number>
  timeZone: string | undefined
  /** The team that is shown, with the classes it entered; null for staff. */
  team: { number: string; classIds: readonly string[] } | null
  /** Where these screens live, say `/team/info`, and where they are come to from. */
  root: string
  home: string
}

const has = ({ store }: Reader, menu: Menu) => mayOpen(store.session.menus.value, menu)

/** The pages that this person's menus show, in the order of the organizers. */
export const pagesFor = (reader: Reader): readonly PageDoc[] =>
  (reader.store.mirrors.board.withPrefix('page:').value as unknown as PageDoc[])
    .filter(({ kind }) => has(reader, kind))
    .sort((one, other) => one.order - other.order || (one._id < other._id ? -1 : 1))

/** The surveys that ask this person and are open now. */
export function surveysFor(reader: Reader): readonly SurveyDoc[] {
  const who = reader.store.session.who.value
  if (!who || !has(reader, 'survey')) return []
  const listener = { role: who.role, teams: reader.team ? [reader.team] : [] }
  return (reader.store.mirrors.board.withPrefix('survey:').value as unknown as SurveyDoc[]).filter(
    (survey) => isAddressed(survey.audience, listener) && surveyState(survey, reader.now.value) === 'open',
  )
}

/** Attendance is for staff alone, whatever a mask says. */
export const seesAttendance = (reader: Reader) => reader.team === null && has(reader, 'attendance')
