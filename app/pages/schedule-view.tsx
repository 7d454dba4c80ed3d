import { useState } from 'preact/hooks'
import type { SchedulePage } from '../../design-docs/pages.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { isForClasses, type RowState, scheduleAt, type TimedRow } from '../../functions/rules/schedule.ts'
import { said } from '../i18n/dictionary.ts'
import { timeOf } from '../i18n/format.ts'
import { language } from '../i18n/language.ts'
import { Pill } from '../ui/pill.tsx'
import { State } from '../ui/state.tsx'
import { Tick } from '../ui/tick.tsx'
import { pageWords } from './page-words.ts'
import type { Reader } from './reader.ts'

type Props = { page: Pick<SchedulePage, 'rows'>; reader: Pick<Reader, 'now' | 'timeZone' | 'team' | 'event'> }

/** The day in rows by the event's clock, with what is on now and what comes next. */
export function ScheduleView({ page, reader }: Props) {
  const t = pageWords.value
  const { now, timeZone, team, event } = reader
  const [all, setAll] = useState(false)
  const own = team?.classIds
  const isMine = (row: TimedRow['row']) => own === undefined || isForClasses(row, own)
  const hasOthers = page.rows.some((row) => !isMine(row))
  const rows = scheduleAt(
    page.rows.filter((row) => all || isMine(row)),
    now.value,
  )
  if (page.rows.length === 0) return <State icon="records" title={t.noRows} />
  const days = Map.groupBy(rows, ({ row }) => dayOf(row.from, timeZone))
  return (
    <>
      {hasOthers ? (
        <Tick checked={!all} onChange={(only) => setAll(!only)}>
          {t.onlyMine}
        </Tick>
      ) : null}
      {[...days].map(([day, timed]) => (
        <section key={day} class="sheet flush">
          <h2 class="sheet-title">{day}</h2>
          <ol class="schedule">
            {timed.map((one) => (
              <Row key={one.row.id} timed={one} timeZone={timeZone} event={event} />
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

const tones = { now: 'ok', next: 'wait' } as const
const isMarked = (state: RowState): state is keyof typeof tones => state in tones

type RowProps = { timed: TimedRow; timeZone: string | undefined; event: EventDoc | null }

function Row({ timed: { row, state }, timeZone, event }: RowProps) {
  const t = pageWords.value
  const classes = row.classes?.map((id) => {
    const known = event?.classes.find((one) => one.id === id)
    return known ? said(known.name) : id
  })
  const about = [row.place ? said(row.place) : '', ...(classes ?? [])].filter(Boolean).join(t.listSeparator)
  const until = row.to === undefined ? '' : `–${timeOf(row.to, timeZone)}`
  return (
    <li class={state} aria-current={state === 'now' ? 'time' : undefined}>
      <span class="digits when">
        {timeOf(row.from, timeZone)}
        {until}
      </span>
      <span class="what">
        <b>{said(row.title)}</b>
        {about ? <span class="soft">{about}</span> : null}
      </span>
      {isMarked(state) ? (
        <Pill tone={tones[state]}>{t.states[state]}</Pill>
      ) : state === 'over' ? (
        <span class="hidden-text">{t.states.over}</span>
      ) : null}
    </li>
  )
}

const dayOf = (at: number, timeZone: string | undefined) =>
  new Intl.DateTimeFormat(language.value, {
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(at)
