import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { loopback, type Station } from '../../design-docs/stations.ts'
import { SmtpFailure, type Stage } from './judge-failure.ts'

export type SmtpAccount = Pick<Station, 'host' | 'port' | 'security' | 'user'> & { password: string }
export type Letter = { from: string; to: string; raw: Buffer }

/** One connection to a station, opened when it is needed. Whatever fails is an `SmtpFailure`, and the next one is fresh. */
export type Lane = {
  send(letter: Letter): Promise<void>
  /** Connects and signs in, to see whether it can be done. */
  probe(): Promise<void>
  close(): void
}

/** No try takes longer than this, from connecting to the answer: what is reserved for it is reserved in these. */
export const longestSendMs = 60_000
const idleMs = 15_000
const mostLetters = 100

type NodemailerError = Error & { code?: string; command?: string; responseCode?: number }

export function openLane(account: SmtpAccount): Lane {
  let standing: SMTPConnection | null = null
  let letters = 0
  let idle: NodeJS.Timeout | undefined

  function close(): void {
    clearTimeout(idle)
    const connection = standing
    standing = null
    letters = 0
    connection?.close()
  }

  async function connected(signal: AbortSignal): Promise<SMTPConnection> {
    const fresh = new SMTPConnection(optionsOf(account))
    signal.addEventListener('abort', () => fresh.close())
    await new Promise<void>((resolve, reject) => {
      fresh.on('error', reject)
      fresh.once('end', () => reject(new Error('the connection was closed')))
      fresh.connect((error) => (error ? reject(error) : resolve()))
    })
    const { user, password } = account
    if (user !== '') {
      await new Promise<void>((resolve, reject) => {
        fresh.once('error', reject)
        fresh.once('end', () => reject(new Error('the connection was closed')))
        fresh.login({ credentials: { user, pass: password } }, (error) => (error ? reject(error) : resolve()))
      })
    }
    fresh.once('end', () => {
      if (standing === fresh) close()
    })
    return fresh
  }

  async function attempt({ from, to, raw }: Letter, signal: AbortSignal): Promise<void> {
    const phase = { hadBegun: false, isWhole: false }
    const wasStanding = standing !== null
    try {
      standing ??= await connected(signal)
      signal.throwIfAborted()
      const connection = standing
      clearTimeout(idle)
      await new Promise<void>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('it took too long')))
        const body = Readable.from([raw], { objectMode: false }).once('end', () => {
          phase.isWhole = true
        })
        phase.hadBegun = true
        connection.send({ from, to: [to], size: raw.length }, body, (error) => (error ? reject(error) : resolve()))
      })
    } catch (error) {
      close()
      const failure = failureOf(error as NodemailerError, phase)
      // A server ends connections that stand idle: nothing was said of this letter yet.
      const hadGone = wasStanding && failure.stage === 'connection' && failure.code === null && !phase.isWhole
      if (!hadGone || signal.aborted) throw failure
      return await attempt({ from, to, raw }, signal)
    }
    letters++
    if (letters >= mostLetters) close()
    else idle = setTimeout(close, idleMs).unref()
  }

  async function within(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), longestSendMs)
    await work(limit.signal).finally(() => clearTimeout(timer))
  }

  return {
    send: (letter) => within((signal) => attempt(letter, signal)),
    probe: () =>
      within(async (signal) => {
        close()
        standing = await connected(signal).catch((error) => {
          throw failureOf(error as NodemailerError, { hadBegun: false, isWhole: false })
        })
        idle = setTimeout(close, idleMs).unref()
      }),
    close,
  }
}

function optionsOf({ host, port, security }: SmtpAccount) {
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls' || (security === 'plain' && !loopback.test(host)),
    ignoreTLS: security === 'plain',
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 40_000,
    dnsTimeout: 10_000,
    socketCloseTimeout: 1000,
  }
}

const stages: Record<string, Stage> = { 'MAIL FROM': 'sender', 'RCPT TO': 'recipient', DATA: 'message' }

function failureOf(error: NodemailerError, phase: { hadBegun: boolean; isWhole: boolean }): SmtpFailure {
  const stage: Stage = error.code === 'EAUTH' ? 'login' : (stages[error.command ?? ''] ?? 'connection')
  const code = error.responseCode || codeOfOwn(error)
  const mayBeTaken = phase.isWhole && code === null
  return new SmtpFailure(error.message, { stage, code, mayBeTaken, hadBegun: phase.hadBegun })
}

/** What was refused before the server was asked, as the server would have put it: too large, no such address. */
function codeOfOwn({ code, command }: NodemailerError): number | null {
  if (code === 'EMESSAGE' && command === 'MAIL FROM') return 552
  return code === 'EENVELOPE' && command === 'API' ? 553 : null
}
