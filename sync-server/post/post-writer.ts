import { type Outgoing, outgoing } from '../../design-docs/mail.ts'
import type { CouchDoc, Database } from '../couch/client.ts'
import type { Clock } from '../feed/clock.ts'
import type { Log } from '../feed/log.ts'
import { keyOf, type MailQueue } from './mail-queue.ts'
import { type Done, docsOf, logOf, noticesOf, removeMail } from './post-writes.ts'
import type { Stations } from './stations.ts'

type WriterOptions = {
  office: Database
  queue: MailQueue
  stations: Stations
  domain: string
  clock: Clock
  log: Log
  /** How many mails are due and wait for a station. */
  demand(): number
  /** Called after each write: more may be allowed now. */
  written(): void
}

export type Writer = {
  add(done: Done): void
  /** Writes what there is; never rejects, and what failed is kept for the next time. */
  soon(): Promise<void>
  /** Whether something is being written or has yet to be. */
  isBusy(): boolean
  /** Resolves when what there is has been written; rejects when it could not be. */
  finished(): Promise<void>
  /** Takes these documents into the queue as they are now. */
  readAgain(ids: readonly string[]): Promise<void>
  /** How many mails were written down as sent. */
  sent(): number
}

/** Everything that the post office writes goes out in one request at a time, with all that has happened until then. */
export function openWriter({ office, queue, stations, domain, clock, log, demand, written }: WriterOptions): Writer {
  let done: Done[] = []
  /** Mails to admins. */
  let told: Outgoing[] = []
  let writing: Promise<void> | null = null
  let again = false
  let sentCount = 0

  function finished(): Promise<void> {
    again = true
    writing ??= writeAll().finally(() => {
      writing = null
    })
    return writing
  }

  async function writeAll(): Promise<void> {
    while (again) {
      again = false
      await writeRound()
      written()
    }
  }

  async function writeRound(): Promise<void> {
    // What is over while this is written is for the next round.
    const round = [...done]
    const now = clock.now()
    const ledgers = stations.claims(now, demand())
    const { notifyTo, event } = stations.settings()
    for (const one of stations.news()) if (event) told.push(...noticesOf(one, notifyTo, { event, now }))
    const notices = [...told]
    const lines = round.map(({ line }) => line)
    const docs = [
      ...ledgers.map(({ doc }) => doc as CouchDoc),
      ...round.flatMap((one) => docsOf(one, domain)),
      ...notices.map((mail) => mail as CouchDoc),
      ...logOf(lines, now),
    ]
    if (docs.length === 0) return
    const rows = await office.bulk(docs).catch((error) => {
      for (const write of ledgers) stations.unwritten(write)
      throw error
    })
    done = done.slice(round.length)
    told = told.slice(notices.length)
    const revs = new Map(rows.map(({ id, rev }) => [id, rev]))
    for (const mail of notices) queue.set({ ...mail, _rev: revs.get(mail._id) })
    for (const one of round) await settle(one, revs.get(one.mail._id))
    await stations.written(ledgers, rows)
  }

  /** The queue as it is after the write; a mail that somebody changed meanwhile is read again. */
  async function settle({ mail, tried }: Done, rev: string | undefined): Promise<void> {
    const isOver = tried.mail === 'sent' || tried.mail === 'gone'
    const isUnwritten = tried.mail === 'waiting' && mail.kind !== 'test'
    if (tried.mail === 'sent') sentCount++
    if (!isUnwritten) queue.delete(mail.key)
    queue.putDown(mail.key)
    const rest = isOver ? rev === undefined && removeMail(office, mail.key) : !isUnwritten && readAgain([mail._id])
    // The next look at everything finds what could not be read now.
    if (rest)
      await rest.catch((error) => log.warn('a mail is read again later', { mail: mail.key, error: String(error) }))
  }

  async function readAgain(ids: readonly string[]): Promise<void> {
    const reading = queue.reading()
    const rows = await office.all({ keys: ids, includeDocs: true })
    const found = new Map(rows.flatMap(({ id, doc }) => (doc ? [[id, outgoing.parse(doc)] as const] : [])))
    for (const id of ids) {
      const mail = found.get(id)
      // What was in somebody's hand while this was read is known better there.
      if (queue.isKnownSince(reading, keyOf(id))) continue
      if (mail) queue.set(mail)
      else queue.delete(keyOf(id))
    }
  }

  return {
    add: (one) => void done.push(one),
    soon: () => finished().catch((error) => log.warn('the post waits for the database', { error: String(error) })),
    isBusy: () => writing !== null || done.length > 0,
    finished: () => writing ?? finished(),
    readAgain,
    sent: () => sentCount,
  }
}
