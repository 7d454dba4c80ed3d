import { outgoing } from '../../design-docs/mail.ts'
import {
  defaultSettings,
  type Ledger,
  ledger as ledgerSchema,
  postSettings,
  type Station,
  type StationRow,
  type StationsPage,
  station as stationSchema,
} from '../../design-docs/stations.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc, readDocs } from '../login/office.ts'
import { usedOf } from './budget.ts'
import { expectedMails } from './expected-mails.ts'
import { forecast } from './forecast.ts'

const usualMs = 1000
const mostMs = 60_000

/** Stations with what they used, and how far their budgets reach for what waits and for so many mails more. */
export async function stationsPageOf(it: Installation, more = 0): Promise<StationsPage> {
  const [stations, ledgers, settings, mails, expected] = await Promise.all([
    readDocs(it.office, 'station', stationSchema),
    readDocs(it.office, 'ledger', ledgerSchema),
    readDoc(it.office, 'post-settings', postSettings),
    readDocs(it.office, 'outgoing', outgoing),
    expectedMails(it),
  ])
  const now = it.now()
  const books = new Map(ledgers.map((one) => [one.station, one]))
  const able = stations.filter(({ id, paused }) => !paused && books.get(id)?.state !== 'retired')
  const carriers = able.map((one) => ({ ...one, slots: books.get(one.id)?.slots ?? [] }))
  const waiting = mails.filter(({ state }) => state === 'waiting').length
  const { policy, activeShare, notifyTo } = settings ?? defaultSettings
  return {
    now,
    stations: stations.map((one) => rowOf(one, books.get(one.id), now)),
    settings: { policy, activeShare, notifyTo },
    waiting,
    parked: mails.length - waiting,
    forecast: forecast({ waiting: waiting + more, expected, carriers, now, msPerMail: msPerMail(ledgers, now) }),
  }
}

/** What a mail has taken lately. */
function msPerMail(ledgers: readonly Ledger[], now: number): number {
  const used = ledgers.map(({ slots }) => usedOf(slots, now))
  const mails = used.reduce((all, one) => all + one.mails, 0)
  const ms = used.reduce((all, one) => all + one.ms, 0)
  return mails === 0 ? usualMs : Math.min(Math.max(1, ms / mails), mostMs)
}

function rowOf(station: Station, ledger: Ledger | undefined, now: number): StationRow {
  const { _id, _rev, type, secret, createdAt, ...shown } = station
  const used = usedOf(ledger?.slots ?? [], now)
  return {
    ...shown,
    hasPassword: secret !== undefined || station.source === 'environment',
    state: ledger?.state ?? 'standby',
    since: ledger?.since ?? null,
    reason: ledger?.state === 'retired' ? (ledger.reason ?? '') : null,
    nextTryAt: ledger?.state === 'retired' ? (ledger.nextTryAt ?? null) : null,
    mailsUsed: used.mails,
    usedMs: used.ms,
  }
}
