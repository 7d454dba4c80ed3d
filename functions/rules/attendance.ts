import type { AttendanceDoc, AttendanceFigures, Card } from '../../design-docs/derived.ts'
import { attendanceId } from '../../design-docs/ids.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { teamStateOf } from './team-state.ts'

const places = { 'on-course': 'onCourse', finished: 'finished', retired: 'retired' } as const

/** Counts who came and where they are, all together and by class. People are those whom the reception saw come. */
export function attendanceOf(cards: Iterable<Card>, event: EventDoc): AttendanceDoc {
  const total = none()
  const byClass = new Map(event.classes.map(({ id }) => [id, none()]))
  for (const card of cards) {
    count(total, card)
    for (const id of new Set(card.classIds)) {
      const figures = byClass.get(id)
      if (figures) count(figures, card)
    }
  }
  const classes = [...byClass].map(([id, figures]) => ({ id, figures }))
  return { _id: attendanceId, type: 'attendance', event: event.code, total, classes }
}

function none(): AttendanceFigures {
  const figure = () => ({ teams: 0, people: 0 })
  return {
    expected: figure(),
    arrived: figure(),
    onCourse: figure(),
    finished: figure(),
    retired: figure(),
    out: figure(),
  }
}

function count(figures: AttendanceFigures, card: Card): void {
  const state = teamStateOf(card)
  const entered = card.members.length
  add(state === 'out' ? figures.out : figures.expected, entered)
  if (state === 'out' || state === 'entered') return
  const came = card.reception?.arrived.length ?? entered
  add(figures.arrived, came)
  if (state !== 'arrived') add(figures[places[state]], came)
}

function add(figure: { teams: number; people: number }, people: number): void {
  figure.teams++
  figure.people += people
}
