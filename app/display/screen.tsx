import { useEffect, useState } from 'preact/hooks'
import type { RankingRow } from '../../design-docs/derived.ts'
import { overallId } from '../../design-docs/ids.ts'
import { said } from '../i18n/dictionary.ts'
import { words } from '../i18n/display-words.ts'
import { count, dayAndTime, timeOf } from '../i18n/format.ts'
import type { Board } from './board.ts'
import { Controls } from './controls.tsx'
import type { Sheet } from './sheets.ts'
import { useTurns } from './use-turns.ts'

/** Event and hour above, one sheet of a published ranking, and what everybody must know as a band below. */
export function Screen({ board }: { board: Board }) {
  const t = words.value
  const { event, sheets, offlineSince, now } = board
  const turns = useTurns(sheets.value.length)
  const awake = useAwake()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLButtonElement || event.target instanceof HTMLSelectElement) return
      if (event.key === 'ArrowRight') turns.turn(1)
      else if (event.key === 'ArrowLeft') turns.turn(-1)
      else if (event.key === ' ') turns.pause()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
  const zone = event.value?.timeZone
  const sheet = sheets.value[turns.shown]
  const expired = board.store.session.state.value === 'expired'
  return (
    <div class="display">
      <header class="display-head">
        <p class="display-event">{event.value ? said(event.value.name) : 'zekken'}</p>
        <p class="display-clock" role="timer">
          {event.value ? timeOf(now.value, zone) : ''}
        </p>
      </header>
      <main id="main" class="display-main">
        {sheet ? <Results sheet={sheet} board={board} key={`${sheet.classId} ${sheet.number}`} /> : <Waiting />}
      </main>
      <footer class="display-foot">
        {board.urgent.value.map(({ _id, title }) => (
          <p key={_id} class="display-urgent" role="alert">
            {title}
          </p>
        ))}
        {expired ? <p class="display-state">{t.expired}</p> : null}
        {offlineSince.value === null ? null : (
          <p class="display-state" role="status">
            {t.offline(dayAndTime(offlineSince.value, zone))}
          </p>
        )}
      </footer>
      <Controls board={board} turns={turns} hidden={!awake} />
    </div>
  )
}

function Waiting() {
  const t = words.value
  return (
    <div class="display-waiting">
      <h1>{t.nothing}</h1>
      <p>{t.nothingText}</p>
    </div>
  )
}

function Results({ sheet, board }: { sheet: Sheet; board: Board }) {
  const t = words.value
  const event = board.event.value
  const known = event?.classes.find(({ id }) => id === sheet.classId)
  const title = sheet.classId === overallId ? t.overall : known ? said(known.name) : ''
  return (
    <section class="display-sheet" aria-label={title}>
      <div class="display-title">
        <h1>{title}</h1>
        <p>
          {sheet.of > 1 ? <span class="digits">{t.sheet(sheet.number, sheet.of)}</span> : null}
          {sheet.asOf === null ? null : <span>{t.asOf(dayAndTime(sheet.asOf, event?.timeZone))}</span>}
          {event?.protestUntil !== undefined && event.protestUntil > board.now.value ? (
            <span>{t.protests(dayAndTime(event.protestUntil, event.timeZone))}</span>
          ) : null}
        </p>
      </div>
      {sheet.rows.length === 0 ? (
        <p class="display-waiting">{t.nobody}</p>
      ) : (
        <table>
          <caption class="hidden-text">{title}</caption>
          <colgroup>
            <col class="display-place" />
            <col />
            <col class="display-points" />
          </colgroup>
          <thead class="hidden-text">
            <tr>
              <th scope="col">{t.place}</th>
              <th scope="col">{t.team}</th>
              <th scope="col">{t.points}</th>
            </tr>
          </thead>
          <tbody>
            {sheet.rows.map((row) => (
              <Row key={row.team} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** A name longer than this takes two smaller lines; cut off it would be another team's. */
const longName = 16

function Row({ row }: { row: RankingRow }) {
  return (
    <tr>
      <td class="display-place">{row.place}</td>
      <th scope="row" class={row.name.length > longName ? 'long' : undefined}>
        <span class="digits">{row.team}</span> <b>{row.name}</b>
      </th>
      <td class="display-points">{count(row.net)}</td>
    </tr>
  )
}

const awakeMs = 6000

/** True for a while after somebody touched the screen, the mouse or a key. */
function useAwake(): boolean {
  const [awake, setAwake] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const wake = () => {
      setAwake(true)
      clearTimeout(timer)
      timer = setTimeout(() => setAwake(false), awakeMs)
    }
    const signs = ['pointermove', 'pointerdown', 'keydown'] as const
    for (const sign of signs) addEventListener(sign, wake)
    return () => {
      clearTimeout(timer)
      for (const sign of signs) removeEventListener(sign, wake)
    }
  }, [])
  return awake
}
