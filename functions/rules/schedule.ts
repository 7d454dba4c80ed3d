import type { ScheduleRow } from '../../design-docs/pages.ts'

/** `next` is what begins soonest, all of it where several things begin at once. */
export type RowState = 'over' | 'now' | 'next' | 'later'
export type TimedRow = { row: ScheduleRow; state: RowState }

/** What has no end goes on until the next thing begins, and for an hour at most. */
const openEndMs = 3_600_000

/** The rows in the order of time, each with what it is at this moment. */
export function scheduleAt(rows: readonly ScheduleRow[], nowMs: number): TimedRow[] {
  const sorted = [...rows].sort((one, other) => one.from - other.from || (one.id < other.id ? -1 : 1))
  const nextFrom = sorted.find(({ from }) => from > nowMs)?.from
  return sorted.map((row) => {
    if (row.from > nowMs) return { row, state: row.from === nextFrom ? 'next' : 'later' }
    const following = sorted.find(({ from }) => from > row.from)?.from ?? Number.POSITIVE_INFINITY
    const end = row.to ?? Math.min(row.from + openEndMs, following)
    return { row, state: end > nowMs ? 'now' : 'over' }
  })
}

/** Whether a row is for someone of these classes; what names none is for everyone. */
export const isForClasses = ({ classes }: ScheduleRow, own: readonly string[]) =>
  classes === undefined || classes.length === 0 || classes.some((id) => own.includes(id))
