import type { Policy, StationState } from '../../design-docs/stations.ts'

/** What the rules see of a station at one moment. */
export type StationView = {
  id: string
  state: StationState
  /** Within 24 hours, mails under way included. */
  mails: number
  ms: number
  /** Whether both budgets have room for such a mail. */
  hasBudget: boolean
  /** Whether a connection for such a mail is free now. */
  isFree: boolean
}
type Wish = { policy: Policy; isUrgent: boolean }

/**
 * The station for the next mail, or null: it has to wait. `drain` uses up one station after the other: of those active
 * or on standby and within budget, the one with the most time used. `spread` shares among the active ones: the one with
 * the fewest mails; standby ones once all active ones are full. What is urgent waits for no busy connection.
 */
export function chooseStation(stations: readonly StationView[], { policy, isUrgent }: Wish): string | null {
  const able = stations.filter(({ state, hasBudget }) => state !== 'retired' && hasBudget)
  if (policy === 'drain') return firstFree(able, (one, other) => other.ms - one.ms)
  const active = able.filter(({ state }) => state === 'active')
  const standby = able.filter(({ state }) => state === 'standby')
  const fewestMails = (one: StationView, other: StationView) => one.mails - other.mails
  const chosen = firstFree(active, fewestMails)
  const mayUseStandby = active.length === 0 || isUrgent
  return chosen ?? (mayUseStandby ? firstFree(standby, fewestMails) : null)
}

type Order = (one: StationView, other: StationView) => number

function firstFree(stations: readonly StationView[], order: Order): string | null {
  const sorted = stations.filter(({ isFree }) => isFree).sort((one, other) => order(one, other) || byId(one, other))
  return sorted[0]?.id ?? null
}

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)
