import {
  type Ledger,
  ledgerId,
  type PostSettings,
  type Station,
  type StationState,
} from '../../design-docs/stations.ts'
import type { StationView } from './choose-station.ts'
import type { MailRule } from './mail-rules.ts'
import { type Lane, longestSendMs, openLane } from './smtp-lane.ts'
import { openBook, type StationBook } from './station-book.ts'
import { type Health, wellHealth } from './station-health.ts'

/** A station as the post office has it in hand. */
export type Desk = {
  station: Station
  /** Null: it cannot be read with today's keys. */
  password: string | null
  ledger: Ledger
  book: StationBook
  health: Health
  state: StationState
  since: number
  /** When a retired one was last tried, or retired. */
  triedAt: number
  lanes: { lane: Lane; isBusy: boolean }[]
  /** The ledger differs from what is written. */
  isDirty: boolean
  /** When a mail was last begun here. */
  usedAt: number
  /** Something waits for a block to be claimed. */
  wantsBlock: boolean
  isProbed: boolean
}
export type Settings = Pick<PostSettings, 'policy' | 'activeShare' | 'notifyTo'> & { event: string | null }

/** Two for everything, and one that only urgent mail may use. */
const laneCount = 3
const urgentLanes = 1

export function openDesk(station: Station, password: string | null, found: Ledger | null): Desk {
  const fresh: Ledger = {
    _id: ledgerId(station.id),
    type: 'ledger',
    station: station.id,
    slots: [],
    state: 'standby',
    since: station.createdAt,
    failures: 0,
    retirements: 0,
  }
  const ledger = found ?? fresh
  const { failures, retirements, reason, state, since } = ledger
  return {
    station,
    password,
    ledger,
    book: openBook(ledger.slots, station, longestSendMs),
    health: { ...wellHealth, failures, retirements, ...(reason ? { retiredFor: reason } : {}) },
    state,
    since,
    triedAt: since,
    lanes: lanesOf(station, password),
    isDirty: found === null,
    usedAt: 0,
    wantsBlock: false,
    isProbed: false,
  }
}

/** The same desk with what an admin changed; connections to another endpoint are opened anew. */
export function redraw(desk: Desk, station: Station, password: string | null): void {
  const endpoint = ({ host, port, security, user }: Station) => `${host} ${port} ${security} ${user}`
  const isElsewhere = endpoint(desk.station) !== endpoint(station) || desk.password !== password
  desk.station = station
  desk.password = password
  desk.book.setBudgets(station)
  if (!isElsewhere) return
  closeDesk(desk)
  desk.lanes = lanesOf(station, password)
}

export function closeDesk(desk: Desk): void {
  for (const { lane, isBusy } of desk.lanes) if (!isBusy) lane.close()
}

const lanesOf = (station: Station, password: string | null) =>
  Array.from({ length: laneCount }, () => ({
    lane: openLane({ ...station, password: password ?? '' }),
    isBusy: false,
  }))

/** A connection that such a mail may use now. */
export const freeLane = (desk: Desk, isUrgent: boolean) =>
  desk.lanes.slice(0, isUrgent ? laneCount : laneCount - urgentLanes).find(({ isBusy }) => !isBusy)

export function viewOf(desk: Desk, rule: Pick<MailRule, 'isUrgent' | 'budgetShare'>, now: number): StationView {
  const used = desk.book.used(now)
  return {
    id: desk.station.id,
    state: desk.station.paused ? 'retired' : desk.state,
    mails: used.mails,
    ms: used.ms,
    hasBudget: desk.book.room(now, rule.budgetShare) > 0,
    isFree: desk.health.restsUntil <= now && freeLane(desk, rule.isUrgent) !== undefined,
  }
}

/** What is to be written of it. */
export function ledgerOf(desk: Desk, slots: Ledger['slots'], nextTryAt: number | null): Ledger {
  const { health, state, since, ledger } = desk
  const { failures, retirements, retiredFor } = health
  return {
    _id: ledger._id,
    ...(ledger._rev ? { _rev: ledger._rev } : {}),
    type: 'ledger',
    station: ledger.station,
    slots,
    state,
    since,
    failures,
    retirements,
    ...(retiredFor === undefined ? {} : { reason: retiredFor }),
    ...(nextTryAt === null ? {} : { nextTryAt }),
  }
}
