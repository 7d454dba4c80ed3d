import { type Outgoing, outgoing } from '../../design-docs/mail.ts'
import { createBell } from '../feed/bell.ts'
import type { Clock } from '../feed/clock.ts'
import type { Log } from '../feed/log.ts'
import type { Installation } from '../login/installation.ts'
import { readDocs } from '../login/office.ts'
import { chooseStation } from './choose-station.ts'
import { expandMailings } from './expand-mailings.ts'
import { followOffice } from './follow-office.ts'
import { keyOf, openQueue } from './mail-queue.ts'
import { mailRules } from './mail-rules.ts'
import { openWriter } from './post-writer.ts'
import { pruneLog } from './prune-log.ts'
import type { EnvStation } from './read-smtp-urls.ts'
import { type Desk, freeLane, viewOf } from './station-desk.ts'
import { openStations } from './stations.ts'
import { type Carrier, type Transport, type Tried, tryMail } from './try-mail.ts'
import type { WrittenMail } from './written-mail.ts'

export type PostOfficeOptions = {
  it: Installation
  /** The mail as it is now; null when there is nobody to write to any more. */
  write(mail: Outgoing): Promise<WrittenMail | null>
  /** Where mails go while there is no station. */
  transport: Transport
  /** Stations of `SMTP_URLS`; others are documents. */
  envStations?: readonly EnvStation[]
  /** Ends Message-IDs: the name that the installation is known by. */
  domain: string
  clock: Clock
  log: Log
}
export type PostOffice = {
  /** Sends what is due now; answers how many mails went out. Throws when what happened could not be written down. */
  sendDue(): Promise<number>
  stop(): Promise<void>
}

const tickMs = 250
const pruneEveryMs = 6 * 60 * 60_000
/** Into the mailbox. */
const mostAtOnce = 4
/** A process that is told to stop waits so long for answers. */
const stopMs = 8000

/**
 * Sends what waits, in the one process that runs the functions: passcodes first, each mail through the station that the
 * rules name. What a station may send is written into its ledger before it is sent. A mail is marked as sent after it
 * went out, so a crash in between sends it again, under the same Message-ID.
 */
export function startPostOffice(options: PostOfficeOptions): PostOffice {
  const { it, write, transport, envStations = [], domain, clock, log } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const queue = openQueue()
  const stations = openStations(it, envStations, { clock, log })
  /** Rung whenever something is over. */
  const moved = createBell()
  const flying = new Set<Promise<void>>()
  const failed = (error: unknown) => log.warn('the post waits', { error: String(error) })
  let isLoaded = false
  let prunedAt = 0
  const demand = () => (signal.aborted ? 0 : queue.due(clock.now()))
  const writer = openWriter({ office: it.office, queue, stations, domain, clock, log, demand, written: pump })

  /** Starts whatever may start now. */
  function pump(): void {
    if (!isLoaded || signal.aborted) return
    const now = clock.now()
    let isWriteWanted = false
    for (const line of queue.lines(now)) {
      for (const mail of line) {
        const next = stations.all().length > 0 ? nextStation(mail, now) : mailboxIsFree()
        if (next === 'claim') isWriteWanted = true
        if (next === 'claim' || next === 'wait') break
        start(mail, next === 'mailbox' ? null : next)
      }
    }
    if (isWriteWanted || stations.needWriting(now, demand())) void writer.soon()
  }

  const mailboxIsFree = () => (flying.size < mostAtOnce ? ('mailbox' as const) : ('wait' as const))

  /** `claim`: the station is known, but its ledger has to be written first. */
  function nextStation(mail: Outgoing, now: number): Desk | 'claim' | 'wait' {
    const rule = mailRules[mail.kind]
    const desks = stations.all()
    const views = desks.map((desk) => viewOf(desk, rule, now))
    const isForOne = ({ id }: { id: string }) => mail.kind !== 'test' || id === mail.station
    const seen = views
      .filter(isForOne)
      .map((view) => (mail.kind === 'test' ? { ...view, state: 'active' as const } : view))
    const id = chooseStation(seen, { policy: stations.settings().policy, isUrgent: rule.isUrgent })
    const desk = desks.find(({ station }) => station.id === id)
    if (!desk) return 'wait'
    if (desk.book.allowed(now) > 0) return desk
    desk.wantsBlock = true
    return 'claim'
  }

  function start(mail: Outgoing, desk: Desk | null): void {
    queue.takeUp(mail.key)
    const sending = desk ? byStation(mail, desk) : byMailbox(mail)
    const work = sending.catch(failed).finally(() => {
      flying.delete(work)
      void writer.soon()
      pump()
      moved.ring()
    })
    flying.add(work)
  }

  async function byMailbox(mail: Outgoing): Promise<void> {
    finish(mail, null, await attempt(mail, transport))
  }

  async function byStation(mail: Outgoing, desk: Desk): Promise<void> {
    const lane = freeLane(desk, mailRules[mail.kind].isUrgent)
    if (!lane) throw new Error('a mail was begun without a free connection')
    lane.isBusy = true
    const startedAt = clock.now()
    desk.usedAt = startedAt
    const flight = desk.book.begin(startedAt)
    const tried = await attempt(mail, { lane: lane.lane, from: desk.station.from })
    lane.isBusy = false
    desk.book.end(flight, tried)
    if (tried.station === 'well') stations.wentWell(desk)
    else if (tried.station !== 'unasked')
      stations.failed(desk, { kind: tried.station, startedAt, reason: tried.error ?? '' })
    finish(mail, desk, tried)
  }

  const attempt = (mail: Outgoing, carrier: Carrier) => tryMail(mail, carrier, { it, write, now: clock.now })

  function finish(mail: Outgoing, desk: Desk | null, tried: Tried): void {
    const at = clock.now()
    if (tried.error !== undefined) log.warn('a mail did not go out', { mail: mail.key, error: tried.error })
    const line = {
      at: at - tried.elapsedMs,
      station: desk?.station.id ?? null,
      account: desk?.station.user || desk?.station.from || '',
      event: mail.event,
      function: mail.kind,
      requester: mail.by ?? mail.draft,
      elapsedMs: tried.elapsedMs,
      result: tried.result,
      ...(tried.error === undefined ? {} : { error: tried.error.slice(0, 300) }),
    }
    writer.add({ mail, tried, at, line })
  }

  async function look(): Promise<void> {
    await stations.load()
    await expandMailings(it)
    const reading = queue.reading()
    queue.replace(await readDocs(it.office, 'outgoing', outgoing), reading)
    isLoaded = true
  }

  async function changed(ids: readonly string[]): Promise<void> {
    const isSetUp = (id: string) => id.startsWith('station:') || id === 'post-settings'
    if (ids.some(isSetUp)) await stations.load()
    if (ids.some((id) => id.startsWith('mailing:'))) await expandMailings(it)
    const mails = ids.filter((id) => id.startsWith('outgoing:') && !queue.isInHand(keyOf(id)))
    if (mails.length > 0) await writer.readAgain(mails)
    pump()
  }

  async function probe(desk: Desk): Promise<void> {
    const [first] = desk.lanes
    if (!first) return
    desk.isProbed = true
    first.isBusy = true
    const failure = await first.lane.probe().then(
      () => null,
      (error: Error) => error.message,
    )
    first.isBusy = false
    desk.isProbed = false
    stations.probed(desk, failure)
    void writer.soon()
  }

  async function quiet(): Promise<void> {
    for (;;) {
      moved.reset()
      if (writer.isBusy()) await writer.finished()
      else if (flying.size > 0) await moved.rung()
      else return
    }
  }

  let round: Promise<number> = Promise.resolve(0)
  async function sendRound(): Promise<number> {
    const before = writer.sent()
    await look()
    pump()
    await quiet()
    return writer.sent() - before
  }

  async function tick(): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(tickMs, signal)
      if (signal.aborted || !isLoaded) continue
      for (const desk of stations.toProbe(clock.now())) void probe(desk)
      if (writer.isBusy()) void writer.soon()
      pump()
    }
  }
  const following = followOffice(it.office, {
    clock,
    signal,
    failed,
    changed,
    look: async () => {
      await look()
      pump()
      if (clock.now() - prunedAt < pruneEveryMs) return
      prunedAt = clock.now()
      await pruneLog(it.office, prunedAt)
    },
  })
  const ticking = tick()

  return {
    sendDue() {
      round = round.catch(() => 0).then(sendRound)
      return round
    },
    async stop() {
      stopping.abort()
      const patience = new AbortController()
      await Promise.race([Promise.all(flying), clock.sleep(stopMs, patience.signal)])
      patience.abort()
      stations.close()
      await Promise.all([following, ticking, round.catch(() => 0)])
      await writer.soon()
    },
  }
}
