import type { Round } from '../../design-docs/runner-docs.ts'

/**
 * A walk through all teams in slices, resumable from the few words of a `Round`. Asked to start again half-way it goes
 * on to the end and then does the first half anew, so that frequent plan changes starve nobody.
 */
export const startRound = (current: Round | undefined): Round =>
  current && current.after !== '' ? { after: current.after, thenUpTo: current.after } : { after: '' }

/** The next teams (of a sorted list) and the round that is left after them; without one the walk is done. */
export function nextSlice(round: Round, teams: readonly string[], size: number): { slice: string[]; left?: Round } {
  const { after, upTo, thenUpTo } = round
  const ahead = teams.filter((team) => team > after && (upTo === undefined || team <= upTo))
  const slice = ahead.slice(0, size)
  const last = slice.at(-1)
  if (last !== undefined && ahead.length > size) return { slice, left: { ...round, after: last } }
  return thenUpTo === undefined ? { slice } : { slice, left: { after: '', upTo: thenUpTo } }
}
