import { ofType, type Timed } from './timeline.ts'

/** When a team started and finished as a judge says; null: as the records have it. */
export type DeclaredTimes = { startAt: number | null; goalAt: number | null }

/** From the team's standing facts in order of time: the last word on each holds. */
export function declaredTimes(standing: readonly Timed[]): DeclaredTimes {
  const timings = ofType(standing, 'timing')
  const last = (kind: 'start' | 'finish') => timings.findLast(({ fact }) => fact.kind === kind)?.fact.is ?? null
  return { startAt: last('start'), goalAt: last('finish') }
}
