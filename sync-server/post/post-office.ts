import { type Outgoing, outgoing, type SentMail, sentId } from '../../design-docs/mail.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Clock } from '../feed/clock.ts'
import type { Log } from '../feed/log.ts'
import type { Installation } from '../login/installation.ts'
import { readDocs } from '../login/office.ts'
import { messageIdOf, type WrittenMail } from './written-mail.ts'

/** Whatever takes a mail further. Throws when it did not: then it is tried again. */
export type Transport = { send(mail: WrittenMail): Promise<void> }

export type PostOfficeOptions = {
  it: Installation
  /** The mail as it is now; null when there is nobody to write to any more. */
  write(mail: Outgoing): Promise<WrittenMail | null>
  transport: Transport
  /** Ends Message-IDs: the name that the installation is known by. */
  domain: string
  clock: Clock
  log: Log
}
export type PostOffice = {
  /** Sends what is due now; answers how many mails went out. */
  sendDue(): Promise<number>
  stop(): Promise<void>
}

const lookEveryMs = 1000
const firstPauseMs = 15_000
const longestPauseMs = 60 * 60_000
/** Some nine hours of trying. */
const mostTries = 16

/**
 * Sends what waits, oldest first, in the one process that runs the functions. A mail is marked as sent after it went out,
 * so a crash in between sends it again, under the same Message-ID.
 */
export function startPostOffice({ it, write, transport, domain, clock, log }: PostOfficeOptions): PostOffice {
  const stopping = new AbortController()
  const { signal } = stopping
  let round: Promise<number> = Promise.resolve(0)

  async function sendRound(): Promise<number> {
    const waiting = await readDocs(it.office, 'outgoing', outgoing)
    const due = waiting.filter(({ state, nextAt }) => state === 'waiting' && nextAt <= clock.now())
    let count = 0
    for (const mail of due.toSorted((one, other) => one.queuedAt - other.queuedAt)) {
      if (signal.aborted) break
      if (await send(mail)) count++
    }
    return count
  }

  async function send(mail: Outgoing): Promise<boolean> {
    if (await it.office.get(sentId(mail.key))) {
      await close(mail)
      return false
    }
    try {
      const written = await write(mail)
      if (!written) {
        await close(mail)
        return false
      }
      await transport.send(written)
    } catch (error) {
      await putOff(mail, error)
      return false
    }
    const { key, event, kind, draft, occasion, queuedAt, tries } = mail
    const about = { key, event, kind, draft, occasion, queuedAt, tries: tries + 1 }
    const messageId = messageIdOf(key, domain)
    const sent: SentMail = { _id: sentId(key), type: 'sent', ...about, sentAt: clock.now(), messageId }
    await it.office.bulk([sent as CouchDoc, { ...mail, _deleted: true } as CouchDoc])
    return true
  }

  const close = (mail: Outgoing) => it.office.bulk([{ ...mail, _deleted: true } as CouchDoc])

  async function putOff(mail: Outgoing, error: unknown): Promise<void> {
    const tries = mail.tries + 1
    const pauseMs = Math.min(firstPauseMs * 2 ** (tries - 1), longestPauseMs)
    const state = tries >= mostTries ? 'parked' : 'waiting'
    log.warn(state === 'parked' ? 'a mail is given up' : 'a mail is tried again', {
      mail: mail.key,
      error: String(error),
    })
    const next: Outgoing = { ...mail, tries, state, nextAt: clock.now() + pauseMs, error: String(error).slice(0, 500) }
    await it.office.put(next as CouchDoc)
  }

  const sendDue = () => {
    round = round.catch(() => 0).then(sendRound)
    return round
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await sendDue().catch((error) => log.warn('the post waits', { error: String(error) }))
      await clock.sleep(lookEveryMs, signal)
    }
  }
  const running = run()

  return {
    sendDue,
    async stop() {
      stopping.abort()
      await running
      await round.catch(() => 0)
    },
  }
}
