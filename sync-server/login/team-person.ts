import type { Person } from './admit.ts'

/** The team itself, as whom all of its phones act that were let in by its number. */
export const teamPerson = (event: string, { number, name }: { number: string; name: string }): Person => ({
  account: `team-${event}-${number.toLowerCase()}`,
  name: name.slice(0, 120) || number,
  event,
  role: 'participant',
  teams: [number],
})
