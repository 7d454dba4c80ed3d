import {
  defaultSettings,
  type Ledger,
  ledger as ledgerSchema,
  postSettings,
  type Station,
  type StationState,
  station as stationSchema,
} from '../../design-docs/stations.ts'
import type { BulkRow } from '../couch/client.ts'
import type { Clock } from '../feed/clock.ts'
import type { Log } from '../feed/log.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc, readDocs } from '../login/office.ts'
import type { EnvStation } from './read-smtp-urls.ts'
import { registerEnvStations } from './register-env-stations.ts'
import { openSecret } from './seal-secret.ts'
import type { Claim } from './station-book.ts'
import { closeDesk, type Desk, ledgerOf, openDesk, redraw, type Settings } from './station-desk.ts'
import { afterFailure, retiredMs, wellHealth } from './station-health.ts'
import { stationStates } from './station-states.ts'

/** News of a station that admins are to hear of. */
export type News = { desk: Desk; is: 'retired' | 'back'; reason: string }
export type LedgerWrite = { desk: Desk; doc: Ledger; claim: Claim }

export type Stations = {
  /** Looks at what admins set up; ledgers are read once, since nobody else writes them. */
  load(): Promise<void>
  all(): readonly Desk[]
  settings(): Settings
  failed(desk: Desk, failure: { kind: 'failed' | 'down' | 'out'; startedAt: number; reason: string }): void
  wentWell(desk: Desk): void
  /** Retired stations whose time to be tried again has come. */
  toProbe(now: number): Desk[]
  probed(desk: Desk, reason: string | null): void
  /** Ledgers to be written now: new blocks for `demand` waiting mails, changes of state, and what is given back. */
  claims(now: number, demand: number): LedgerWrite[]
  /** Whether there is anything to be written without a mail asking for it. */
  needWriting(now: number, demand: number): boolean
  written(writes: readonly LedgerWrite[], rows: readonly BulkRow[]): Promise<void>
  /** Nobody knows whether it was written. */
  unwritten(write: LedgerWrite): void
  /** What happened since the last call. */
  news(): News[]
  close(): void
}

type Surroundings = { clock: Clock; log: Log }
const blockMails = 12
/** Mails may wait for days because the budgets are used up; a station that none of them uses holds nothing back. */
const idleMs = 10_000

const givesBack = ({ book, usedAt, wantsBlock }: Desk, now: number, demand: number) =>
  !wantsBlock && (demand === 0 || now - usedAt >= idleMs) && book.canGiveBack(now)

/** All stations with their ledgers, and which of them are active. */
export function openStations(
  it: Installation,
  envStations: readonly EnvStation[],
  { clock, log }: Surroundings,
): Stations {
  const desks = new Map<string, Desk>()
  let settings: Settings = { ...defaultSettings, event: null }
  let isRegistered = false
  let heard: News[] = []
  const all = () => [...desks.values()]

  async function load(): Promise<void> {
    if (!isRegistered) await registerEnvStations(it, envStations)
    isRegistered = true
    const [docs, found] = await Promise.all([
      readDocs(it.office, 'station', stationSchema),
      readDoc(it.office, 'post-settings', postSettings),
    ])
    settings = found ?? { ...defaultSettings, event: null }
    for (const doc of docs) await take(doc)
    for (const [id, desk] of desks) {
      if (docs.some((doc) => doc.id === id)) continue
      closeDesk(desk)
      desks.delete(id)
    }
    arrange()
  }

  async function take(doc: Station): Promise<void> {
    const known = desks.get(doc.id)
    const password = passwordOf(doc)
    if (known) return redraw(known, doc, password)
    desks.set(doc.id, openDesk(doc, password, await readDoc(it.office, `ledger:${doc.id}`, ledgerSchema)))
  }

  function passwordOf(doc: Station): string | null {
    if (doc.source === 'environment') return envStations.find(({ id }) => id === doc.id)?.password ?? null
    if (!doc.secret) return ''
    try {
      return openSecret(it, doc.id, doc.secret)
    } catch {
      log.warn('the password of a station was sealed with other keys; it has to be set again', { station: doc.name })
      return null
    }
  }

  /** Says anew which are active; a paused one, or one without a password, is out like a retired one. */
  function arrange(): void {
    const now = clock.now()
    const standings = all().map((desk) => ({
      id: desk.station.id,
      state: desk.station.paused || desk.password === null ? ('retired' as const) : desk.state,
      mails: desk.book.used(now).mails,
    }))
    for (const [id, state] of stationStates(standings, settings.activeShare)) {
      const desk = desks.get(id)
      if (desk && state !== 'retired') enter(desk, state)
    }
  }

  function enter(desk: Desk, state: StationState): void {
    if (desk.state === state) return
    desk.state = state
    desk.since = clock.now()
    desk.isDirty = true
  }

  function retire(desk: Desk, reason: string): void {
    const isNew = desk.state !== 'retired'
    desk.triedAt = clock.now()
    enter(desk, 'retired')
    desk.isDirty = true
    if (isNew) {
      log.warn('a station is retired', { station: desk.station.name, reason })
      heard.push({ desk, is: 'retired', reason })
    }
    arrange()
  }

  function bringBack(desk: Desk): void {
    log.info('a station is back', { station: desk.station.name })
    heard.push({ desk, is: 'back', reason: '' })
    const { retirements } = desk.health
    desk.health = { ...wellHealth, retirements }
    enter(desk, 'standby')
    arrange()
  }

  const isRetired = ({ state, station, password }: Desk) => state === 'retired' && !station.paused && password !== null
  const nextTryOf = (desk: Desk): number | null => {
    if (!isRetired(desk)) return null
    const othersLeft = all().some(({ state, station }) => state !== 'retired' && !station.paused)
    return desk.triedAt + retiredMs(desk.health.retirements, othersLeft)
  }

  return {
    load,
    all,
    settings: () => settings,
    failed(desk, failure) {
      const reason = failure.reason.slice(0, 300)
      desk.health = afterFailure(desk.health, { ...failure, reason, at: clock.now() })
      desk.isDirty = true
      if (desk.health.retiredFor !== undefined) retire(desk, desk.health.retiredFor)
    },
    wentWell(desk) {
      if (desk.state === 'retired') bringBack(desk)
      if (desk.health.failures > 0 || desk.health.retirements > 0) desk.isDirty = true
      desk.health = wellHealth
    },
    toProbe: (now) =>
      all().filter((desk) => {
        const at = nextTryOf(desk)
        return at !== null && at <= now && !desk.isProbed && desk.lanes.every(({ isBusy }) => !isBusy)
      }),
    probed(desk, reason) {
      if (reason === null) return bringBack(desk)
      desk.health = { ...desk.health, retirements: desk.health.retirements + 1, retiredFor: reason.slice(0, 300) }
      retire(desk, reason)
    },
    claims(now, demand) {
      return all().flatMap((desk): LedgerWrite[] => {
        const { book } = desk
        const allowed = book.allowed(now)
        const isRest = givesBack(desk, now, demand)
        const isAtWork = demand > 0 && !isRest && (desk.wantsBlock || allowed > 0)
        const wanted = isAtWork ? Math.min(demand, blockMails) : 0
        if (!desk.isDirty && !isRest && allowed * 2 >= wanted) return []
        const claim = book.claim(now, wanted)
        desk.isDirty = false
        desk.wantsBlock = false
        return [{ desk, claim, doc: ledgerOf(desk, claim.slots, nextTryOf(desk)) }]
      })
    },
    needWriting: (now, demand) =>
      heard.length > 0 || all().some((desk) => desk.isDirty || givesBack(desk, now, demand)),
    async written(writes, rows) {
      const conflicts: string[] = []
      for (const { desk, doc, claim } of writes) {
        const rev = rows.find(({ id }) => id === doc._id)?.rev
        if (rev) desk.ledger = { ...doc, _rev: rev }
        else conflicts.push(desk.station.id)
        desk.book.written(claim, rev !== undefined)
      }
      if (conflicts.length === 0) return
      log.error('another process writes the ledgers of stations', { conflicts })
      for (const id of conflicts) desks.delete(id)
      await load()
    },
    unwritten({ desk, claim }) {
      desk.isDirty = true
      desk.book.written(claim, false)
    },
    news() {
      const said = heard
      heard = []
      return said
    },
    close() {
      for (const { lanes } of all()) for (const { lane } of lanes) lane.close()
    },
  }
}
